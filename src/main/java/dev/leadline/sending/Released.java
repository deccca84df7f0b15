package dev.leadline.sending;

/**
 * Somebody ended a hold before its time.
 *
 * @param who as in {@link Hold}
 * @param by a person's name, or the step that did it
 */
public record Released(String who, String by) {}
