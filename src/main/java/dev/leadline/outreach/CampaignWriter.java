package dev.leadline.outreach;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;

/** Writes the e-mails of a campaign. */
interface CampaignWriter {

  @SystemMessage(fromResource = "/prompts/draft-outreach.system.md")
  @UserMessage(fromResource = "/prompts/draft-outreach.user.md")
  Letters outreach(
      @V("sender") String sender, @V("count") int count, @V("profile") String profile, @V("lead") String lead,
      @V("dossier") String dossier, @V("plan") String plan, @V("mails") String mails, @V("problems") String problems);

  @SystemMessage(fromResource = "/prompts/design-nurture.system.md")
  @UserMessage(fromResource = "/prompts/design-nurture.user.md")
  Letters nurture(
      @V("sender") String sender, @V("count") int count, @V("profile") String profile, @V("lead") String lead,
      @V("dossier") String dossier, @V("plan") String plan, @V("mails") String mails, @V("problems") String problems);

  /** What the model wrote, in order. */
  record Letters(List<Letter> emails) {
    public Letters {
      if (emails == null || emails.isEmpty()) throw new IllegalArgumentException("no e-mails");
    }
  }

  /** One e-mail without greeting and signature, with the ids of the facts it rests on. */
  record Letter(String subject, String body, List<String> facts) {
    public Letter {
      if (subject == null || subject.isBlank() || subject.length() > 150 || subject.lines().count() > 1)
        throw new IllegalArgumentException("no usable subject");
      if (body == null || body.isBlank() || body.length() > 3000) throw new IllegalArgumentException("no usable body");
      facts = facts == null ? List.of() : List.copyOf(facts);
    }
  }
}
