package dev.leadline.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.agent.Answer;
import dev.leadline.approval.Review.Edited;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Email;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewTest {

  private static final Email FIRST = new Email(1, "PT0S", "One", "First text\n\nAlex", List.of("f1"));
  private static final Email SECOND = new Email(2, "P3D", "Two", "Second text", List.of());
  private static final Draft DRAFT = new Draft(
      "lead-outreach-1", "lead", Campaign.OUTREACH, 1, List.of(FIRST, SECOND), null, List.of(), Answer.Source.RULES,
      null);

  @Test
  void asWrittenNothingChanges() {
    var review = approve(new Edited(1, "One", "First text\r\n\r\nAlex\r\n"), new Edited(2, "Two", "Second text"));

    assertThat(review.objection(DRAFT)).isEmpty();
    assertThat(review.approved(DRAFT)).isSameAs(DRAFT);
  }

  @Test
  void anEditKeepsWhatWasWrittenBesideIt() {
    var review = approve(new Edited(1, "One", "Better text"), new Edited(2, "Two", "Second text"));

    var approved = review.approved(DRAFT);

    assertThat(review.objection(DRAFT)).isEmpty();
    assertThat(approved.emails()).containsExactly(new Email(1, "PT0S", "One", "Better text", List.of("f1")), SECOND);
    assertThat(approved.written()).isEqualTo(DRAFT.emails());
    assertThat(approve(new Edited(1, "One", "Best text"), new Edited(2, "Two", "Second text")).approved(approved)
        .written()).isEqualTo(DRAFT.emails());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
    "-   | text        | has no subject",
    "' ' | text        | has no subject",
    "Hi  | -           | has no text",
    "Hi  | ' '         | has no text",
    "Hi  | Hello {{name}}     | placeholder: {{name}}",
    "Hi  | Hello ${firstName} | placeholder",
    "Hi  | Hello [First name] | placeholder: [First name]",
    "Hi  | Hello <name>       | placeholder: <name>",
    "Hi [Company] | text      | placeholder",
  })
  void anEditThatMayNotGoOutIsSentBackInASentence(String subject, String body, String why) {
    var review = approve(new Edited(1, "One", "First text"), new Edited(2, subject, body));

    assertThat(review.objection(DRAFT))
        .hasValueSatisfying(words -> assertThat(words).startsWith("E-mail 2 ").contains(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Two\nBcc: x@y.example", "Two\r\nX: y", "a\u0000b"})
  void aSubjectIsOneLine(String subject) {
    assertThat(approve(new Edited(1, "One", "x"), new Edited(2, subject, "y")).objection(DRAFT)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"See [1] and 10 % of < 5 > 3", "https://a.example/x?a=%20b", "We save 20% on 5% of it", "a {b} c"})
  void ordinaryTextIsNoPlaceholder(String body) {
    assertThat(approve(new Edited(1, "One", body), new Edited(2, "Two", body)).objection(DRAFT)).isEmpty();
  }

  @Test
  void theNumbersStay() {
    var one = new Edited(1, "One", "x");
    var two = new Edited(2, "Two", "y");

    for (var emails : List.of(
        List.<Edited>of(), List.of(one), List.of(two, one), List.of(one, two, new Edited(3, "Three", "z")),
        List.of(one, one), List.of(one, new Edited(null, "Two", "y")), Arrays.asList(one, null))) {
      assertThat(new Review("lead", DRAFT.id(), "approve", null, emails).objection(DRAFT)).as(emails.toString())
          .hasValueSatisfying(words -> assertThat(words).contains("numbers"));
    }
  }

  @Test
  void withoutADecisionOrAReasonForANoThereIsNoAnswer() {
    assertThat(new Review("lead", "d", null, "x", null).objection(DRAFT)).isPresent();
    assertThat(new Review("lead", "d", "maybe", "x", null).objection(DRAFT)).isPresent();
    assertThat(new Review("lead", "d", "reject", " ", null).objection(DRAFT)).contains("Say why you reject the draft.");
    assertThat(new Review("lead", "d", "reject", "Too long", null).objection(DRAFT)).isEmpty();
    assertThat(new Review("other", "d", "approve", null, null).objection(DRAFT)).isPresent();
  }

  @Test
  void aFormWithoutTheEmailsApprovesThemAsTheyAre() {
    var review = new Review("lead", DRAFT.id(), "approve", null, null);

    assertThat(review.objection(DRAFT)).isEmpty();
    assertThat(review.approved(DRAFT)).isSameAs(DRAFT);
  }

  private static Review approve(Edited... emails) {
    return new Review("lead", DRAFT.id(), "approve", null, List.of(emails));
  }
}
