package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxPolicyTest {

  private final Decision policy = Decision.named("mailbox-policy");

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "sandbox, 0,   1000000, The embedded mail server has no name to lose",
    "sandbox, -,   1000000, The embedded mail server has no name to lose",
    "real,    0,   10,      A new mailbox begins with few mails",
    "real,    6,   10,      A new mailbox begins with few mails",
    "real,    7,   20,      Second week of warming up",
    "real,    14,  30,      Third week of warming up",
    "real,    21,  40,      Fourth week of warming up",
    "real,    28,  50,      A mailbox in use; more a day makes providers suspicious",
    "real,    900, 50,      A mailbox in use; more a day makes providers suspicious",
    "real,    -,   10,      'Nobody knows since when it is in use, so it counts as new'",
    "-,       -,   10,      'Nobody knows since when it is in use, so it counts as new'",
    "else,    3,   10,      A new mailbox begins with few mails",
  })
  void theFirstRowThatFitsDecides(String mailbox, Integer age, int perDay, String because) {
    var inputs = new HashMap<String, Object>();
    inputs.put("mailbox", mailbox);
    inputs.put("name", "sales@our.example");
    inputs.put("age", age);
    var row = policy.answer(inputs);
    assertThat(row).containsEntry("because", because);
    assertThat(((Number) row.get("perDay")).intValue()).isEqualTo(perDay);
  }
}
