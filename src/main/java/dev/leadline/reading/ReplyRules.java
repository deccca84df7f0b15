package dev.leadline.reading;

import dev.leadline.reading.Classified.Referred;
import dev.leadline.research.Rules;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Understands a reply without a model, by the phrases of rules/classify-reply.yaml. */
@Component
public class ReplyRules {

  /** Fewer points than these say nothing. */
  private static final int ENOUGH = 2;
  /** What asking to be left alone counts against everything else that is said. */
  private static final int OPT_OUT = 5;
  /** What a machine may say for itself; anything else in its words is somebody's text come back. */
  private static final Set<ReplyClass> OF_MACHINES = EnumSet.of(
      ReplyClass.BOUNCE, ReplyClass.OUT_OF_OFFICE, ReplyClass.AUTO_ACKNOWLEDGEMENT, ReplyClass.LEFT_COMPANY);
  private static final Set<ReplyClass> WITH_REFERENCE =
      EnumSet.of(ReplyClass.REFERRAL, ReplyClass.LEFT_COMPANY, ReplyClass.OUT_OF_OFFICE);
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?…])\\s+|\\R+");

  private final Dates dates;
  private final Languages languages;
  private final People people;
  private final Pattern optOut;
  private final Pattern optOutAlone;
  private final Pattern noOptOut;
  private final Pattern echo;
  private final Map<ReplyClass, List<Sign>> signs = new EnumMap<>(ReplyClass.class);

  private record File(
      List<String> optOut, List<String> optOutAlone, List<String> noOptOut,
      Map<String, Map<Integer, List<String>>> classes, List<String> introduces, List<String> deals,
      String echo) {}

  private record Sign(int weight, Pattern phrase) {}

  /** What speaks for a class. */
  private record Weighed(ReplyClass kind, int points) {}

  ReplyRules(Dates dates, Languages languages) {
    this.dates = dates;
    this.languages = languages;
    File file = Rules.read("classify-reply", File.class);
    this.people = new People(file.introduces(), file.deals());
    this.optOut = Plain.anyOf(file.optOut());
    this.optOutAlone = Plain.anyOf(file.optOutAlone());
    this.noOptOut = Plain.anyOf(file.noOptOut());
    this.echo = Plain.phrase(file.echo());
    file.classes().forEach((word, weights) -> signs.put(ReplyClass.of(word), weights.entrySet().stream()
        .flatMap(weight -> weight.getValue().stream().map(phrase -> new Sign(weight.getKey(), Plain.phrase(phrase))))
        .toList()));
  }

  /**
   * Whether somebody asks in these words to be left alone, in any of six languages. Whether a machine wrote them is for
   * the caller to say: {@link #classify} never takes a machine's word for it.
   *
   * @param subject as it came; ours, come back, says nothing
   * @param text the new words alone
   * @param ours subjects of what we wrote for them; when there are none, any that comes back is taken for ours
   */
  public boolean asksToBeLeftAlone(String subject, String text, List<String> ours) {
    return asksToBeLeftAlone(ownSubject(subject, ours) + "\n" + text);
  }

  private boolean asksToBeLeftAlone(String text) {
    String left = noOptOut.matcher(Plain.of(text)).replaceAll(" ");
    return optOut.matcher(left).find() || Arrays.stream(SENTENCE.split(text)).map(Plain::of)
        .map(sentence -> sentence.replaceAll("^\\P{L}+|\\P{L}+$", "")).anyMatch(optOutAlone.asMatchPredicate());
  }

  /** Always an answer; {@code unclear} when nothing tells. */
  public Classified classify(Received reply) {
    boolean asks = !reply.machine() && asksToBeLeftAlone(reply.subject(), reply.text(), List.of());
    return classify(reply, reply.text(), asks);
  }

  /** @param text what counts of the reply's text; whether they ask to be left alone is already known */
  Classified classify(Received reply, String text, boolean asks) {
    String plain = Plain.of(ownSubject(reply.subject(), List.of()) + "\n" + text);
    List<Weighed> weighed = Arrays.stream(ReplyClass.values())
        .filter(kind -> !reply.machine() || OF_MACHINES.contains(kind))
        .map(kind -> weigh(kind, plain, asks))
        .filter(one -> one.points() > 0)
        .sorted(Comparator.comparingInt(Weighed::points).reversed())
        .toList();
    Weighed best = weighed.isEmpty() ? new Weighed(ReplyClass.UNCLEAR, 0) : weighed.getFirst();
    ReplyClass kind = best.points() >= ENOUGH ? best.kind() : otherwise(reply, plain);
    int confidence = best.points() < ENOUGH ? 30 : confidence(best, weighed.size() > 1 ? weighed.get(1).points() : 0);
    // A notice of absence with such words in it may be a person's: somebody looks.
    if (asks && kind.isAutomatic()) confidence = Math.min(confidence, 40);
    return new Classified(
        kind, confidence, asks && !kind.isAutomatic(), quote(kind, text, asks), until(kind, reply, plain),
        WITH_REFERENCE.contains(kind) ? people.in(text).orElse(null) : null, languages.of(text).orElse(null));
  }

  private Weighed weigh(ReplyClass kind, String plain, boolean asks) {
    int points = signs.getOrDefault(kind, List.of()).stream()
        .filter(sign -> sign.phrase().matcher(plain).find())
        .mapToInt(Sign::weight).sum();
    return new Weighed(kind, asks && kind == ReplyClass.UNSUBSCRIBE ? points + OPT_OUT : points);
  }

  private static ReplyClass otherwise(Received reply, String plain) {
    if (reply.machine()) return ReplyClass.AUTO_ACKNOWLEDGEMENT;
    return plain.contains("?") && plain.split(" ").length >= 5 ? ReplyClass.QUESTION : ReplyClass.UNCLEAR;
  }

  private static int confidence(Weighed best, int next) {
    return Math.min(95, 100 * best.points() / (best.points() + next + 1));
  }

  private String quote(ReplyClass kind, String text, boolean asks) {
    return Arrays.stream(SENTENCE.split(text)).map(String::strip)
        .filter(sentence -> asks && kind == ReplyClass.UNSUBSCRIBE
            ? asksToBeLeftAlone(sentence)
            : signs.getOrDefault(kind, List.of()).stream().anyMatch(
                sign -> sign.weight() > 1 && sign.phrase().matcher(Plain.of(sentence)).find()))
        .findFirst().orElse(null);
  }

  private LocalDate until(ReplyClass kind, Received reply, String plain) {
    LocalDate today = LocalDate.ofInstant(reply.at(), ZoneOffset.UTC);
    Optional<LocalDate> day = switch (kind) {
      case OUT_OF_OFFICE -> dates.endOfAbsence(plain, today);
      case NOT_NOW -> dates.again(plain, today);
      default -> Optional.empty();
    };
    return day.orElse(null);
  }

  /** The subject when it is theirs, not ours come back. */
  private String ownSubject(String subject, List<String> ours) {
    var echoed = echo.matcher(Plain.of(subject));
    if (!echoed.lookingAt()) return subject;
    String rest = echoed.group("rest");
    if (ours.isEmpty()) return optOutAlone.matcher(rest).matches() ? rest : "";
    for (String one : ours) {
      String plain = unanswered(one);
      if (!plain.isEmpty()) rest = rest.replace(plain, " ");
    }
    return rest;
  }

  /** A subject of ours without "Re:". */
  private String unanswered(String subject) {
    String plain = Plain.of(subject);
    var echoed = echo.matcher(plain);
    return echoed.lookingAt() ? echoed.group("rest") : plain;
  }
}
