package dev.leadline.engine;

import dev.leadline.privacy.Redaction;
import java.util.regex.Pattern;

/** Why a job failed, short and without personal data: it is read in incidents, logs and on pages. */
record Reason(Throwable failure) {

  private static final int MAX_LENGTH = 300;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  /** The kind of failure, what it says with addresses and quoted texts masked, and where in our code it happened. */
  String inWords() {
    var words = new StringBuilder(failure.getClass().getSimpleName());
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) words.append(": ").append(masked(firstLine(message)));
    for (var frame : failure.getStackTrace()) {
      if (!frame.getClassName().startsWith("dev.leadline.")) continue;
      return words + " (at " + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
    return words.toString();
  }

  private static String firstLine(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  private static String masked(String message) {
    return QUOTED.matcher(Redaction.of(message)).replaceAll("<text>");
  }
}
