package dev.leadline.sending;

/**
 * What a mail has to say beside its words, by the row of contact-policy that let it go.
 *
 * @param source where we have their address from, in a few words; null when the mail need not say it
 */
public record MustSay(boolean postalAddress, boolean aiDisclosure, String source) {

  static MustSay of(ContactPolicy policy, Recipient recipient) {
    return new MustSay(
        policy.postalAddress(), policy.aiDisclosure(), policy.sourceNotice() ? recipient.source() : null);
  }
}
