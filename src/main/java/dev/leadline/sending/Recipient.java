package dev.leadline.sending;

import java.time.ZoneId;

/**
 * What counts about a person when they are to be mailed.
 *
 * @param address in normal form
 * @param company domain of their company; null when their address is at a mail service that everybody can use
 * @param country ISO 3166; null when nobody knows
 * @param zone theirs, else that of their country, else the sender's
 * @param consent asked: they wrote to us first; opt-in: they agreed to mail from us, and there is evidence; list:
 *     somebody put them on a list; none: nobody knows how they came in
 * @param tier A to D, or null
 * @param source where we have their address from, in a few words
 */
public record Recipient(
    String leadId, String address, String company, String country, ZoneId zone, String consent, String tier,
    String source) {}
