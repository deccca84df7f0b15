package dev.leadline.intake;

import dev.leadline.lead.Lead;

/**
 * Somebody whom we have written to, or are done with, asks again by themselves: no journey that is under way answers it.
 *
 * @param id of what came in; the same again is the same
 * @param said what they want this time; "" when they left it out
 */
public record CameAgain(String id, Lead lead, String said) {}
