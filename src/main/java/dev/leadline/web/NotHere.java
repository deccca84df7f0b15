package dev.leadline.web;

/** What a page was asked for does not exist; the message says so to the viewer, in a sentence. */
public final class NotHere extends RuntimeException {

  public NotHere(String sentence) {
    super(sentence);
  }
}
