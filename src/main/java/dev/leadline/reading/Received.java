package dev.leadline.reading;

import java.time.Instant;

/**
 * A message that came in, as far as reading it needs.
 *
 * @param leadId whose reply it is
 * @param subject as it came; null when there is none
 * @param text the new words alone, without quotes and signature; foreign text
 * @param machine whether its headers say that a machine wrote it
 * @param at when it came, which "next Monday" counts from
 */
public record Received(String id, String leadId, String subject, String text, boolean machine, Instant at) {
  public Received {
    subject = subject == null ? "" : subject;
    text = text == null ? "" : text;
  }
}
