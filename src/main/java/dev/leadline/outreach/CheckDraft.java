package dev.leadline.outreach;

import dev.leadline.agent.Agents;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.reading.Languages;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Thinking step, by rules only: does the draft say anything that nobody vouches for? */
@Component
public class CheckDraft {

  private static final String STEP = "check-draft";
  private static final int LONGEST_SUBJECT = 90;
  private static final int MOST_WORDS = 180;
  private static final Pattern LEFT_OVER = Pattern.compile(
      "\\{\\{?[^}]*}?}|\\[[^\\]]{1,40}]|<[^>\\n]{1,60}>|\\bX{2,}\\b"
          + "|(?i:\\b(lorem|ipsum|tbd|todo|placeholder|null|undefined)\\b)");
  private static final Pattern RECIPIENT = Pattern.compile("(?im)^\\s*(to|cc|bcc|reply-to)\\s*:");

  private final Agents.RulesOnly byRules;
  private final Leads leads;
  private final Dossiers dossiers;
  private final Drafts drafts;
  private final SenderProfile sender;
  private final CheckRules rules;
  private final InjectionGuard guard;
  private final List<Vouched> vouched;
  private final Languages languages;
  private final Timeline timeline;

  CheckDraft(
      Agents agents, Leads leads, Dossiers dossiers, Drafts drafts, SenderProfile sender, CheckRules rules,
      InjectionGuard guard, List<Vouched> vouched, Languages languages, Timeline timeline) {
    this.byRules = agents.byRules(STEP);
    this.leads = leads;
    this.dossiers = dossiers;
    this.drafts = drafts;
    this.sender = sender;
    this.rules = rules;
    this.guard = guard;
    this.vouched = vouched;
    this.languages = languages;
    this.timeline = timeline;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Draft draft = drafts.get(input.draftId());
    Lead lead = leads.get(input.leadId()).reworded(guard::cleaned);
    String others = vouched.stream().map(one -> one.words(draft)).collect(Collectors.joining("\n"));
    String language = draft.answers() == null
        ? ReplyTexts.ENGLISH
        : languages.of(draft.emails().getFirst().body()).orElse(ReplyTexts.ENGLISH);
    var claims = new Claims(lead, dossiers.get(lead.id()), sender, rules, others, rules.capitalisesNouns(language));
    List<String> problems = byRules.answer(() -> draft.emails().stream()
        .flatMap(email -> Stream.concat(
            problems(email, claims).stream(),
            draft.answers() == null ? Stream.of() : promises(email, others)))
        .toList());
    drafts.save(draft.checked(problems));
    timeline.record(
        STEP + "-" + jobKey, lead.id(), STEP, Actor.RULES, "rules",
        problems.isEmpty() ? "Every claim of the draft holds." : "The draft says what nobody vouches for.", problems);
    return new Result(new Check(problems.isEmpty(), draft.attempt(), problems.size()));
  }

  /** Nobody but a person quotes a price or agrees to terms; what we have written down ourselves may be said. */
  private Stream<String> promises(Email email, String vouched) {
    return rules.promisedIn(email.body(), vouched).stream().map(phrase ->
        "E-mail %d: price and terms are for a person: “%s”.".formatted(email.number(), phrase));
  }

  private List<String> problems(Email email, Claims claims) {
    var problems = new ArrayList<String>();
    String text = email.subject() + "\n" + email.body();
    if (email.subject().isBlank() || email.body().isBlank()) problems.add("subject or text is empty");
    if (email.subject().length() > LONGEST_SUBJECT)
      problems.add("the subject has more than %d characters".formatted(LONGEST_SUBJECT));
    long words = email.body().strip().split("\\s+").length;
    if (words > MOST_WORDS) problems.add("the text has %d words, more than %d".formatted(words, MOST_WORDS));
    LEFT_OVER.matcher(text).results().findFirst()
        .ifPresent(found -> problems.add("a placeholder is left over: “%s”".formatted(found.group())));
    if (RECIPIENT.matcher(text).find()) problems.add("the text names a recipient of its own");
    rules.bannedIn(text).ifPresent(phrase -> problems.add("we do not write “%s”".formatted(phrase)));
    problems.addAll(claims.unknownIn(LEFT_OVER.matcher(text).replaceAll(" ")));
    return problems.stream().map(problem -> "E-mail %d: %s.".formatted(email.number(), problem)).toList();
  }

  record Input(String leadId, String draftId) {}

  record Result(Check check) {}

  /** @param problems how many; their words are in the draft */
  record Check(boolean passed, int attempt, int problems) {}
}
