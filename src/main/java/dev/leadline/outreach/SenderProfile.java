package dev.leadline.outreach;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    String postalAddress) {
  public SenderProfile {
    claims = claims == null ? List.of() : List.copyOf(claims);
  }

  /** All that may be claimed, for a prompt and for the claim check. */
  public String asText() {
    return Stream.concat(
            Stream.of(
                name, jobTitle, company, email, text(website), text(meetingLink),
                offer == null ? null : "We " + offer + ".", postalAddress),
            claims.stream())
        .filter(line -> line != null && !line.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private static String text(URI address) {
    return address == null ? null : address.toString();
  }
}
