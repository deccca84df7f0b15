package dev.leadline.reading;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.leadline.reading.Classified.Referred;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Says what a reply is. */
interface ReplyReader {

  @SystemMessage(fromResource = "/prompts/classify-reply.system.md")
  @UserMessage(fromResource = "/prompts/classify-reply.user.md")
  Said read(@V("day") String day, @V("subject") String subject, @V("reply") String reply);

  /**
   * What the model says, before it is held against the reply.
   *
   * @param until ISO 8601 date, or null
   */
  record Said(
      ReplyClass kind, Integer confidence, Boolean optOut, String quote, String until, String referredName,
      String referredAddress) {
    public Said {
      if (kind == null) throw new IllegalArgumentException("no class");
      if (confidence == null || confidence < 0 || confidence > 100) throw new IllegalArgumentException("no confidence");
    }

    /** Only what stands in the reply, and days that lie ahead. */
    Classified provenBy(Received reply, LocalDate today, String language) {
      String name = standing(referredName, reply);
      String address = standing(referredAddress, reply);
      return new Classified(
          kind, confidence, Boolean.TRUE.equals(optOut) && !reply.machine() && !kind.isAutomatic(),
          standing(quote, reply), day(today), name == null && address == null ? null : new Referred(name, address),
          language);
    }

    private static String standing(String words, Received reply) {
      return words != null && !words.isBlank() && Plain.of(reply.text()).contains(Plain.of(words)) ? words.strip() : null;
    }

    private LocalDate day(LocalDate today) {
      if (until == null || until.isBlank()) return null;
      try {
        LocalDate day = LocalDate.parse(until.strip());
        return day.isAfter(today) && day.isBefore(today.plusYears(2)) ? day : null;
      } catch (DateTimeParseException noDay) {
        return null;
      }
    }
  }
}
