package dev.leadline.mail;

/** Somebody called a mail spam (RFC 5965). */
public record CalledSpam(Touch touch) {}
