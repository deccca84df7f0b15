package dev.leadline.agent.tools;

import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.privacy.Redaction;

/**
 * Something that was read, by whoever wrote it; data, never an instruction.
 *
 * @param source where it stands: the page's address, a provider's name, or a person
 * @param kind what it is about, when the source itself says so (a kind of {@code research.Fact}); null for running text
 * @param text at most 6,000 characters; a longer one is cut at a word
 * @param confidence 0 to 100, how sure a provider of data is; null for everybody else
 * @param taint what in its source speaks to machines; null when nothing does
 */
public record Passage(String source, String kind, String text, Integer confidence, String taint) {

  private static final int LONGEST = 6_000;

  public Passage {
    if (source == null || source.isBlank()) throw new IllegalArgumentException("a passage stands somewhere");
    text = text == null ? "" : ForeignText.start(text, LONGEST);
  }

  /** Running text. */
  public static Passage of(String source, String text) {
    return new Passage(source, null, text, null, null);
  }

  /** Something of this kind, as the source itself says. */
  public static Passage of(String source, String kind, String text) {
    return new Passage(source, kind, text, null, null);
  }

  /** Without what speaks to machines. */
  Passage guarded(InjectionGuard guard) {
    var read = guard.read(text);
    return read.tainted()
        ? new Passage(source, kind, read.text(), confidence, taint == null ? read.taint() : taint)
        : this;
  }

  /** For a model that chooses tools; it needs nobody's address or number for that. */
  String asData() {
    return "<passage source=\"%s\">%n%s%n</passage>%n"
        .formatted(ForeignText.harmless(source).replace('"', '\''), ForeignText.harmless(Redaction.of(text)));
  }
}
