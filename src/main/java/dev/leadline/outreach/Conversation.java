package dev.leadline.outreach;

import dev.leadline.guard.ForeignText;
import dev.leadline.lead.PlainText;
import dev.leadline.outreach.Correspondence.Said;
import dev.leadline.plan.Touches;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything said so far between us and one lead, on all channels, in order. */
public record Conversation(List<Said> said) {

  /** A sentence with fewer words may well be said twice ("Best regards"). */
  private static final int SENTENCE = 6;
  private static final int LONGEST_IN_PROMPT = 1500;

  public static Conversation of(String leadId, Collection<Correspondence> channels) {
    return new Conversation(channels.stream()
        .flatMap(channel -> channel.with(leadId).stream())
        .sorted(Comparator.comparing(Said::at))
        .toList());
  }

  /** How many e-mails went out. */
  int mails() {
    return (int) sent().count();
  }

  /** The subject under which the conversation goes on. */
  Optional<String> subject() {
    return sent().findFirst().map(first -> "Re: " + first.subject().replaceFirst("(?i)^(re:\\s*)+", ""));
  }

  /** Whether a person of ours was the last to speak. */
  boolean spoken() {
    return !said.isEmpty() && !said.getLast().channel().equals(Touches.EMAIL);
  }

  boolean contains(String words) {
    String plain = plain(words);
    return sent().anyMatch(mail -> plain(mail.text()).contains(plain));
  }

  /** The first sentence of a text that was sent before, word for word; greeting and signature do not count. */
  Optional<String> repeatedIn(String text) {
    return sentences(text)
        .filter(sentence -> sentence.split("\\s+").length >= SENTENCE && contains(sentence))
        .findFirst();
  }

  /** For a prompt: one block for each thing said. */
  public String asData() {
    return said.isEmpty()
        ? "nothing yet"
        : said.stream()
            .map(one -> "%s, %s%s:\n%s".formatted(
                LocalDate.ofInstant(one.at(), ZoneOffset.UTC), one.channel(),
                one.subject() == null ? "" : ", “" + one.subject() + "”", PlainText.cut(one.text(), LONGEST_IN_PROMPT)))
            .map(ForeignText::harmless)
            .collect(Collectors.joining("\n\n"));
  }

  private Stream<Said> sent() {
    return said.stream().filter(one -> one.channel().equals(Touches.EMAIL));
  }

  private static Stream<String> sentences(String text) {
    return Arrays.stream(text.split("(?<=[.!?…])\\s+|\\n+")).map(String::strip).filter(part -> !part.isEmpty());
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
