package dev.leadline.agent;

/** What a thinking step concluded, and who concluded it. */
public record Answer<T>(T value, Source source) {

  public enum Source {
    MODEL,
    RULES
  }

  public static <T> Answer<T> byModel(T value) {
    return new Answer<>(value, Source.MODEL);
  }

  public static <T> Answer<T> byRules(T value) {
    return new Answer<>(value, Source.RULES);
  }
}
