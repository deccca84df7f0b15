package dev.leadline.mail;

/** A mail came back for good, at once or later: its recipient does not exist, or their server takes no mail from us. */
public record CameBack(Touch touch) {}
