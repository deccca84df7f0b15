package dev.leadline.outreach;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.plan.Touches.Touch;
import dev.leadline.research.Rules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The words of campaigns without a model, from rules/campaigns.yaml. */
@Component
class CampaignTexts {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)(\\??)}}");

  private final File file = Rules.read("campaigns", File.class);

  private record File(
      List<String> greeting, List<String> signature, List<Text> outreach, List<Text> nurture,
      @JsonProperty("follow-up") List<Text> followUp) {}

  /**
   * One e-mail of a campaign: alternatives of its subject and of each paragraph.
   *
   * @param after the wait before it where the diagram has no touch plan
   */
  private record Text(String purpose, String after, List<String> subject, List<List<String>> body) {}

  private List<Text> texts(Campaign campaign) {
    return switch (campaign) {
      case OUTREACH -> file.outreach();
      case NURTURE -> file.nurture();
      case FOLLOW_UP -> file.followUp();
      case REPLY -> List.of(); // in the words of draft-reply
      case MEETING -> List.of(); // in the words of draft-meeting
    };
  }

  /** The touches of a campaign that nobody planned. */
  List<Touch> touches(Campaign campaign) {
    return texts(campaign).stream().map(text -> new Touch("email", text.after(), text.purpose())).toList();
  }

  /** These e-mails in the words of the file. */
  List<Email> write(Campaign campaign, List<Touch> mails, int firstNumber, Material material) {
    var emails = new ArrayList<Email>();
    for (Touch mail : mails) {
      Text text = text(campaign, mail.purpose());
      var facts = new LinkedHashSet<String>();
      String subject = filled(text.subject(), material, facts)
          .orElseThrow(() -> new IllegalStateException("campaigns.yaml has a subject that always needs a fact"));
      String body = text.body().stream()
          .flatMap(paragraph -> filled(paragraph, material, facts).stream())
          .collect(Collectors.joining("\n\n"));
      emails.add(new Email(
          firstNumber + emails.size(), mail.after(), subject, framed(body, material), List.copyOf(facts)));
    }
    return emails;
  }

  private Text text(Campaign campaign, String purpose) {
    return texts(campaign).stream()
        .filter(text -> text.purpose().equals(purpose))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(
            "The table touch-plan wants an e-mail “%s”, and rules/campaigns.yaml has no such text for %s"
                .formatted(purpose, campaign.word())));
  }

  /** With greeting and signature. */
  String framed(String body, Material material) {
    var none = new LinkedHashSet<String>();
    return filled(file.greeting(), material, none).orElse("Hello,") + "\n\n" + body.strip() + "\n\n"
        + filled(file.signature(), material, none).orElse("");
  }

  /** The first alternative whose variables are all known; a {{variable?}} is only asked for, not said. */
  static Optional<String> filled(List<String> alternatives, Material material, Set<String> facts) {
    return alternatives.stream()
        .filter(text -> variables(text).stream().allMatch(material.values()::containsKey))
        .findFirst()
        .map(text -> {
          variables(text).stream().filter(material.facts()::containsKey).map(material.facts()::get).forEach(facts::add);
          return VARIABLE.matcher(text).replaceAll(found -> found.group(2).isEmpty()
              ? Matcher.quoteReplacement(material.values().get(found.group(1)))
              : "");
        });
  }

  private static List<String> variables(String text) {
    return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
  }
}
