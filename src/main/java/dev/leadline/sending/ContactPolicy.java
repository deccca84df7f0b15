package dev.leadline.sending;

/**
 * Whether somebody may be mailed at all, by the law where they are, and what such a mail must say.
 *
 * @param basis conversation, opt-in, request, legitimate-interest or opt-out
 * @param postalAddress our postal address stands in it
 * @param aiDisclosure it says that an AI takes part
 * @param sourceNotice the first one says where their data come from
 * @param because the row in words
 */
public record ContactPolicy(
    boolean allowed, String basis, boolean postalAddress, boolean aiDisclosure, boolean sourceNotice, String because) {}
