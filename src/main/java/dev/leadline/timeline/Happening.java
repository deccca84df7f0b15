package dev.leadline.timeline;

import java.time.Instant;

/**
 * Something on a lead's timeline that others want to hear of. Told at least once, in the moment it is recorded; whoever
 * hears it must not mind hearing it again.
 *
 * @param event its name for others, for example mail.sent
 * @param entry id of the entry of the timeline
 * @param touch EMAIL_SENT, EMAIL_RECEIVED, CALL or MEETING when it was between the lead and us; null otherwise
 */
public record Happening(String event, String entry, String leadId, String touch, Instant at) {}
