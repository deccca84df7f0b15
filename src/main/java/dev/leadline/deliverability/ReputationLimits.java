package dev.leadline.deliverability;

import dev.leadline.deliverability.Reputation.Standing;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a mailbox is watched, and when it rests: shares of what it sent. Google's sender guidelines want complaints below
 * 0.1 % and never at 0.3 %; of bounces 2 % worry providers.
 *
 * @param least so many of a kind before anything rests, since one of ten says nothing
 */
@ConfigurationProperties("leadline.deliverability")
record ReputationLimits(
    @DefaultValue("0.02") double bounceAlarm,
    @DefaultValue("0.03") double bounceLimit,
    @DefaultValue("0.001") double complaintAlarm,
    @DefaultValue("0.003") double complaintLimit,
    @DefaultValue("2") int least) {

  /** Which limit is broken, in words; null when none is. */
  String broken(Standing standing) {
    if (standing.bounced() > least && standing.bounceRate() >= bounceLimit) {
      return "%d of %d mails bounced, %s".formatted(standing.bounced(), standing.sent(), percent(standing.bounceRate()));
    }
    if (standing.complained() >= least && standing.complaintRate() >= complaintLimit) {
      return "%d of %d mails were called spam, %s"
          .formatted(standing.complained(), standing.sent(), percent(standing.complaintRate()));
    }
    return null;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.2f %%" : "%.1f %%", share * 100);
  }
}
