package dev.leadline.guard;

/** Text by strangers on its way into a prompt: data, whatever it says. */
public final class ForeignText {

  private ForeignText() {}

  /** With nothing in it that could close a tag or open a template variable. */
  public static String harmless(String text) {
    return text.replace('<', '‹').replace('>', '›').replace("{{", "{ {").replace("}}", "} }");
  }

  /** The first characters of a text that is too long, up to the last whole word. */
  public static String start(String text, int longest) {
    if (text.length() <= longest) return text;
    int word = text.lastIndexOf(' ', longest);
    return text.substring(0, word > longest / 2 ? word : longest);
  }
}
