package dev.leadline.outreach;

import java.util.regex.Pattern;

/**
 * A file that goes with an e-mail, such as an invitation.
 *
 * @param name of the file, for example {@code invite.ics}
 * @param mediaType with its parameters but no charset, for example {@code text/calendar; method=REQUEST}
 * @param text what is in it
 */
public record Attachment(String name, String mediaType, String text) {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}");
  private static final Pattern TEXT = Pattern.compile("text/[a-z0-9.+-]+(; [a-z-]+=[A-Za-z0-9._-]+)*");

  /** Throws {@link IllegalArgumentException} for a name that is a path, or anything that is no text. */
  public Attachment {
    if (name == null || !NAME.matcher(name).matches()) throw new IllegalArgumentException("no name of a file: " + name);
    if (mediaType == null || !TEXT.matcher(mediaType).matches()) {
      throw new IllegalArgumentException("no media type of a text: " + mediaType);
    }
    if (text == null) throw new IllegalArgumentException("nothing in " + name);
  }
}
