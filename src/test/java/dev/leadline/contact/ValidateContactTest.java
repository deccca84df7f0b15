package dev.leadline.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.contact.MailServers.Reception;
import dev.leadline.lead.Leads;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateContactTest {

  private static final Map<String, Reception> DNS = Map.of(
      "acme.test", Reception.TAKES_MAIL, "xn--mller-kva.test", Reception.TAKES_MAIL, "gmail.com", Reception.TAKES_MAIL,
      "mailinator.com", Reception.TAKES_MAIL, "eu.mailinator.com", Reception.TAKES_MAIL,
      "silent.test", Reception.TAKES_NONE, "gone.test", Reception.NOT_THERE);

  private final ThinkingSteps steps = new ThinkingSteps();

  @AfterEach
  void stop() {
    steps.close();
  }

  @ParameterizedTest
  @CsvSource({
    "jo@acme.test,                 valid,   personal,   ''",
    "Jürgen.Groß@Müller.test,      valid,   personal,   ''",
    "jo@gmail.com,                 valid,   private,    private",
    "info@acme.test,               risky,   role,       role",
    "Customer.Service@acme.test,   risky,   role,       role",
    "no-reply@acme.test,           risky,   role,       role",
    "sales+web@acme.test,          risky,   role,       role",
    "jo@mailinator.com,            risky,   disposable, disposable",
    "jo@eu.mailinator.com,         risky,   disposable, disposable",
    "jo@silent.test,               invalid, personal,   takes-no-mail",
    "jo@gone.test,                 invalid, personal,   no-mail-server",
    "info@gone.test,               invalid, role,       no-mail-server role",
    "jo@slow.test,                 unknown, personal,   not-checked",
    "jo@.test,                     invalid, personal,   syntax",
    "jo acme.test,                 invalid, personal,   syntax",
    "anna@nordkap-logistik.example, valid,  personal,   ''",
    "anna@takes-no-mail.example,   invalid, personal,   takes-no-mail",
    "anna@not-there.example,       invalid, personal,   no-mail-server",
  })
  void anAddressIsJudged(String email, String verdict, String mailbox, String reasons) {
    steps.register("l1", "Jo Doe", "Acme", null, "COO", "Other", "", email);

    var contact = new ObjectMapper().valueToTree(validate().handle(new ValidateContact.Input("l1"), 7)).path("contact");

    assertThat(contact.path("verdict").asText()).isEqualTo(verdict);
    assertThat(contact.path("mailbox").asText()).isEqualTo(mailbox);
    assertThat(contact.path("reasons").toString()).isEqualTo(
        reasons.isEmpty() ? "[]" : "[\"" + reasons.replace(" ", "\",\"") + "\"]");
    assertThat(contact.toString()).doesNotContain("@").doesNotContain("acme");
  }

  @Test
  void theTimelineSaysItInWords() {
    steps.register("l1", "Jo Doe", "Acme", null, "COO", "Other", "", "info@gone.test");
    validate().handle(new ValidateContact.Input("l1"), 7);
    validate().handle(new ValidateContact.Input("l1"), 7);

    assertThat(steps.timeline().of("l1")).singleElement().satisfies(entry -> {
      assertThat(entry.text()).isEqualTo("Mail cannot reach this address.");
      assertThat(entry.details()).containsExactly(
          "Its domain does not exist or has no mail server.", "It belongs to a desk, not to a person.");
    });
  }

  private ValidateContact validate() {
    return new ValidateContact(
        steps.get(Agents.class), steps.get(Leads.class), new Mailboxes(), domain -> DNS.getOrDefault(domain, Reception.UNKNOWN), new SandboxMailServers(),
        steps.timeline());
  }
}
