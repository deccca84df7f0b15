package dev.leadline.mail;

/** A mail server refused a mail because its recipient does not exist. */
public record NobodyThere(Touch touch) {}
