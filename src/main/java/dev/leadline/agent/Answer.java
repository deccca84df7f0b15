package dev.leadline.agent;

/**
 * What a thinking step concluded, and who concluded it.
 *
 * @param by the model's name, or "rules"
 * @param note why rules answered although a model was asked, in one sentence; otherwise null
 */
public record Answer<T>(T value, Source source, String by, String note) {

  public enum Source {
    MODEL,
    RULES
  }

  public static <T> Answer<T> byModel(T value, String name) {
    return new Answer<>(value, Source.MODEL, name, null);
  }

  public static <T> Answer<T> byRules(T value) {
    return byRules(value, null);
  }

  /** By rules, because a model failed as the note says. */
  public static <T> Answer<T> byRules(T value, String note) {
    return new Answer<>(value, Source.RULES, "rules", note);
  }
}
