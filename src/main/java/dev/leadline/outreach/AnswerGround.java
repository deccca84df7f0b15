package dev.leadline.outreach;

import dev.leadline.knowledge.Knowledge;
import dev.leadline.knowledge.Section;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.reading.Languages;
import dev.leadline.reading.UnderstoodReplies;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What an answer may repeat: the sections it cites, our own words in its language, and the days that are agreed. */
@Component
class AnswerGround implements Vouched {

  private final Knowledge knowledge;
  private final Languages languages;
  private final ReplyTexts texts;
  private final UnderstoodReplies understood;
  private final ObjectProvider<HeldTimes> heldTimes;

  AnswerGround(
      Knowledge knowledge, Languages languages, ReplyTexts texts, UnderstoodReplies understood,
      ObjectProvider<HeldTimes> heldTimes) {
    this.knowledge = knowledge;
    this.languages = languages;
    this.texts = texts;
    this.understood = understood;
    this.heldTimes = heldTimes;
  }

  @Override
  public String words(Draft draft) {
    if (draft.campaign() != Campaign.REPLY) return "";
    String language = language(draft);
    return Stream.of(
            draft.emails().stream().flatMap(email -> email.facts().stream())
                .flatMap(citation -> knowledge.cited(citation).stream()).map(Section::text),
            Stream.of(texts.all(language)),
            understood.findById(draft.answers()).map(reply -> reply.says().until()).stream()
                .map(day -> ReplyTexts.day(day, language)),
            heldTimes.stream().map(held -> ReplyTexts.times(held.of(draft.leadId()), language)))
        .flatMap(words -> words)
        .collect(Collectors.joining("\n"));
  }

  /** As it was written, which the reviewer may have changed. */
  private String language(Draft draft) {
    String said = draft.emails().stream().map(Email::body).collect(Collectors.joining("\n"));
    return texts.spoken(languages.of(said).orElse(ReplyTexts.ENGLISH));
  }
}
