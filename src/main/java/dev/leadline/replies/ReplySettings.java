package dev.leadline.replies;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param softBounces after so many mails to one address that did not arrive for a passing reason, none goes there any
 *     more
 */
@ConfigurationProperties("leadline.replies")
record ReplySettings(@DefaultValue("3") int softBounces) {}
