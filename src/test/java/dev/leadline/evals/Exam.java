package dev.leadline.evals;

import dev.leadline.ThinkingSteps;

/**
 * How one step is judged against what is true. A new step needs one class here and, unless it reads leads or companies,
 * one data file in evals/; the command, the report and the gate find it by themselves.
 */
interface Exam {

  /** Job type of the step, or the name of what is judged. */
  String step();

  /** Lets the step answer every case once and marks the answers; called anew for each repetition. */
  void take(ThinkingSteps steps, Sheet sheet);
}
