package dev.leadline.mail;

/** A mail came back for good, at once or later, because its recipient does not exist. */
public record NobodyThere(Touch touch) {}
