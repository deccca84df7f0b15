package dev.leadline.mail;

/** Somebody called a mail spam. */
public record CalledSpam(Touch touch) {}
