package dev.leadline.outreach;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * In whose name Leadline writes, and what may be claimed in that name.
 *
 * @param offer what the company does, as a half-sentence that follows "We"
 * @param claims sentences that legal has released; a draft may use their numbers and names
 * @param postalAddress stands under every mail
 */
@ConfigurationProperties("leadline.sender")
public record SenderProfile(
    String name,
    String jobTitle,
    String company,
    String email,
    URI website,
    URI meetingLink,
    String offer,
    List<String> claims,
    String postalAddress) {}
