package dev.leadline.outreach;

import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.research.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<Pattern, String> came = file.came().entrySet().stream().collect(Collectors.toMap(
      entry -> Rules.anyOf(List.of(entry.getKey())), Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  private final List<Topic> topics = file.topics().stream()
      .map(topic -> new Topic(topic.name(), Rules.anyOf(List.of(topic.words())), topic.exercise()))
      .toList();

  private record File(
      List<String> greeting, List<String> signature, List<Touch> outreach, List<Touch> nurture,
      Map<String, String> came, List<WrittenTopic> topics) {}

  private record WrittenTopic(String name, String words, String exercise) {}

  /** One e-mail of a campaign: alternatives of its subject and of each paragraph. */
  record Touch(String after, List<String> subject, List<List<String>> body) {}

  /** Something a lead may be interested in, and an exercise that helps without us. */
  record Topic(String name, Pattern words, String exercise) {}

  List<Touch> touches(Campaign campaign) {
    return campaign == Campaign.OUTREACH ? file.outreach() : file.nurture();
  }

  Optional<Topic> topic(String text) {
    return text == null
        ? Optional.empty()
        : topics.stream().filter(topic -> topic.words().matcher(text).find()).findFirst();
  }

  /** How the lead came to us, as a sentence. */
  Optional<String> came(String leadSource) {
    return leadSource == null
        ? Optional.empty()
        : came.entrySet().stream()
            .filter(entry -> entry.getKey().matcher(leadSource).find())
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /** The whole campaign in the words of the file. */
  List<Email> write(Campaign campaign, Material material) {
    var emails = new ArrayList<Email>();
    for (Touch touch : touches(campaign)) {
      var facts = new LinkedHashSet<String>();
      String subject = filled(touch.subject(), material, facts)
          .orElseThrow(() -> new IllegalStateException("campaigns.yaml has a subject that always needs a fact"));
      String body = touch.body().stream()
          .flatMap(paragraph -> filled(paragraph, material, facts).stream())
          .collect(Collectors.joining("\n\n"));
      emails.add(new Email(emails.size() + 1, touch.after(), subject, framed(body, material), List.copyOf(facts)));
    }
    return emails;
  }

  /** With greeting and signature. */
  String framed(String body, Material material) {
    var none = new LinkedHashSet<String>();
    return filled(file.greeting(), material, none).orElse("Hello,") + "\n\n" + body.strip() + "\n\n"
        + filled(file.signature(), material, none).orElse("");
  }

  /** The first alternative whose variables are all known; a {{variable?}} is only asked for, not said. */
  private static Optional<String> filled(List<String> alternatives, Material material, Set<String> facts) {
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
