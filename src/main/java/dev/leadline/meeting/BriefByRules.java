package dev.leadline.meeting;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.growth.Growth;
import dev.leadline.lead.Lead;
import dev.leadline.lead.PlainText;
import dev.leadline.meeting.Briefing.Objection;
import dev.leadline.qualify.Assessment;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Prepares a seller without a model, in the words of rules/brief-seller.yaml. */
@Component
class BriefByRules {

  private final File file = Rules.read("brief-seller", File.class);

  /** The file as it is written. */
  private record File(
      @JsonProperty("why now") List<Reason> whyNow, Map<String, String> questions, List<Doubt> objections) {}

  private record Reason(String fact, String says) {}

  private record Doubt(Map<String, String> when, String text, String answer) {}

  Briefing brief(Lead lead, Dossier dossier, Optional<Assessment> assessment, Optional<Growth> growth) {
    Map<String, String> answers = assessment.map(Assessment::answers).orElse(Map.of());
    return new Briefing(
        who(lead),
        Stream.concat(
                file.whyNow().stream().flatMap(reason -> dossier.first(reason.fact()).stream()
                    .map(fact -> new Cited(reason.says(), List.of(fact.id())))),
                growth.map(Growth::findings).orElse(List.of()).stream())
            .limit(5)
            .toList(),
        assessment.map(Assessment::talkingPoints).orElse(List.of()),
        answers.entrySet().stream()
            .filter(answer -> answer.getValue().equals("unknown") && file.questions().containsKey(answer.getKey()))
            .map(answer -> file.questions().get(answer.getKey()))
            .toList(),
        file.objections().stream()
            .filter(doubt -> doubt.when() == null
                || doubt.when().entrySet().stream().allMatch(is -> is.getValue().equals(answers.get(is.getKey()))))
            .map(doubt -> new Objection(doubt.text(), doubt.answer()))
            .limit(4)
            .toList());
  }

  private static String who(Lead lead) {
    return PlainText.cut("%s, %s at %s".formatted(lead.name(), lead.jobTitle(), lead.company()), 300) + ".";
  }
}
