package dev.leadline.agent;

/** What a step remembers of what others said, and how long it leaves them alone; both end when the step is reset. */
public interface BeginsAnew {

  /** Job type of the step it belongs to. */
  String step();

  /** Forgets, and lets everybody be asked again. */
  void beginAnew();
}
