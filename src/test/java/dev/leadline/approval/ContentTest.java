package dev.leadline.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.Draft.Campaign;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentTest {

  private static final Content CONTENT = content("lead", Campaign.OUTREACH, 1, "a@b.example", "Subject", "Body", "1");

  @Test
  void theHashIsTheSameForeverSoThatApprovalsOutliveReleases() {
    assertThat(CONTENT.hash()).isEqualTo("07e5017f98ad2017322b4a35be1c62d59d058b9474f8a753c24d109918768bee");
  }

  @ParameterizedTest
  @MethodSource
  void whateverDiffersNeedsItsOwnYes(Content other) {
    assertThat(other.hash()).isNotEqualTo(CONTENT.hash());
  }

  static Stream<Content> whateverDiffersNeedsItsOwnYes() {
    return Stream.of(
        content("lead2", Campaign.OUTREACH, 1, "a@b.example", "Subject", "Body", "1"),
        content("lead", Campaign.NURTURE, 1, "a@b.example", "Subject", "Body", "1"),
        content("lead", Campaign.OUTREACH, 2, "a@b.example", "Subject", "Body", "1"),
        content("lead", Campaign.OUTREACH, 1, "A@b.example", "Subject", "Body", "1"),
        content("lead", Campaign.OUTREACH, 1, "a@b.example", "Subject ", "Body", "1"),
        content("lead", Campaign.OUTREACH, 1, "a@b.example", "Subject", "Body\n", "1"),
        content("lead", Campaign.OUTREACH, 1, "a@b.example", "Subject", "Body", "2"),
        content("lead", Campaign.OUTREACH, 1, "a@b.example", "SubjectB", "ody", "1"),
        content("lead", Campaign.OUTREACH, 1, "a@b.exampleS", "ubject", "Body", "1"),
        content("lead", Campaign.OUTREACH, 1, "a@b.example", "", "SubjectBody", "1"));
  }

  @ParameterizedTest
  @MethodSource
  void everyAttachmentIsPartOfIt(List<Attachment> attachments) {
    assertThat(attached(attachments).hash())
        .isNotEqualTo(attached(List.of(new Attachment("invite.ics", "text/calendar", "1"))).hash());
  }

  static Stream<List<Attachment>> everyAttachmentIsPartOfIt() {
    return Stream.of(
        List.of(),
        List.of(new Attachment("invite1.ics", "text/calendar", "1")),
        List.of(new Attachment("invite.ics", "text/plain", "1")),
        List.of(new Attachment("invite.ics", "text/calendar", "2")),
        List.of(new Attachment("invite.ics", "text/calendar", "1"), new Attachment("b.txt", "text/plain", "")));
  }

  private static Content attached(List<Attachment> attachments) {
    return new Content("lead", Campaign.OUTREACH, 1, "a@b.example", "Subject", "Body", attachments, "1");
  }

  private static Content content(
      String leadId, Campaign campaign, int number, String recipient, String subject, String body, String policy) {
    return new Content(leadId, campaign, number, recipient, subject, body, List.of(), policy);
  }
}
