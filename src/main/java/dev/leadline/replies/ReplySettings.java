package dev.leadline.replies;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an address that bounces for passing reasons is given up.
 *
 * <p>Others give up after three in a row (Keila), after seven from somebody who never reacted (Mailchimp), or when the
 * last is less than 30 days ago (Discourse). They mail often; who gets twelve mails at the most has to be given up by the
 * third, or never is.
 *
 * @param softBounces after so many mails in a row that mail servers could not deliver as long as they tried
 * @param softBouncePeriod when they all came back within this time
 */
@ConfigurationProperties("leadline.replies")
record ReplySettings(@DefaultValue("3") int softBounces, @DefaultValue("30d") Duration softBouncePeriod) {}
