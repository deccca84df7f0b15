package dev.leadline.outreach;

import java.util.List;

/**
 * One e-mail of a campaign, not yet allowed out.
 *
 * @param number 1 for the first touch
 * @param after ISO 8601 duration to wait before it, PT0S for the first touch at once
 * @param body plain text, complete but for the postal address, which the mail step adds
 * @param facts ids of the dossier's facts it rests on
 */
public record Email(int number, String after, String subject, String body, List<String> facts) {}
