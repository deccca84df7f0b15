package dev.leadline.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.agent.Answer.Source;
import dev.leadline.lead.Lead;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

  private final Lead lead = new Lead(
      "l1", 0L, "anna@nordkap.example", "anna@nordkap.example", "Anna Berg", "Nordkap Logistik GmbH",
      "https://www.nordkap.example", "Head of Operations", "Website form", "400 orders a day are typed in by hand.",
      null, null, null, null, null, Instant.EPOCH, Instant.EPOCH);
  private final Dossier dossier = new Dossier(
      "l1",
      List.of(
          fact("f1", "Our 180 employees handle about 2,400 shipments a week from three warehouses."),
          fact("f2", "In January 2026 we opened a warehouse in Lübeck. See https://partner.example/offer for more.")),
      List.of(), Source.RULES, Instant.EPOCH);
  private final SenderProfile sender = new SenderProfile(
      "Alex Morgan", "Account executive", "Harbor Automation", "alex@harbor.example",
      URI.create("https://www.harbor.example"), URI.create("https://www.harbor.example/meet/alex"),
      "take hand-offs out of order processes", List.of("A first process usually runs live within six weeks."),
      "12 Quay Street, Bristol");
  private final Claims claims = new Claims(lead, dossier, sender, new CheckRules());

  @ParameterizedTest
  @ValueSource(strings = {
    "Hi Anna,\n\nYou wrote that 400 orders a day are typed in by hand.",
    "Your 180 employees handle 2400 shipments from 3 warehouses.",
    "Congratulations on the warehouse in Lübeck, opened in January 2026!",
    "A first process usually runs live within 6 weeks. Nordkap Logistik could start on Monday.",
    "You can pick a time here: https://www.harbor.example/meet/alex or see www.nordkap.example.",
    "Best regards\nAlex Morgan\nAccount executive, Harbor Automation\nalex@harbor.example",
    "Would that help? If so, I'd be glad to talk. And Nordkap's orders would be the place to begin.",
    "It is one process. That works. Everything has its place. What does Anna's team need?",
    "Is it worth a look? Or is there a colleague I should ask?",
    "We look at Order processing and at what stays."
  })
  void whatSomebodyVouchesForPasses(String text) {
    assertThat(claims.unknownIn(text.replace("Order", "order"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Our customers save 40 % of their time. | 40 %",
    "That cuts costs by 35 percent. | 35 percent",
    "We did this for 120 companies. | 120",
    "It pays off within three months and four days. | four",
    "You handle 24000 shipments. | 24000",
    "Thousands of teams use it. | Thousands",
    "We did the same for Siemens last year. | Siemens",
    "Siemens uses it as well. | Siemens",
    "Deutsche Bahn and others saved a lot. | Bahn",
    "Your colleague Peter Schmidt told me about it. | Peter Schmidt",
    "Hi Bob, you wrote to us. | Bob",
    "I read that Nordkap Airlines is growing. | Nordkap Airlines",
    "We know the office in Rotterdam. | Rotterdam",
    "We connect to SAP and to your mail. | SAP",
    "Read more at https://evil.example/x today. | https://evil.example/x",
    "Read more at https://partner.example/offer today. | https://partner.example/offer",
    "Read more at harbor.example.evil.com today. | harbor.example.evil.com",
    "Log in at https://harbor.example:x@1.2.3.4/y now. | 1.2.3.4",
    "Log in at https://harbor.example\\@evil.example/ now. | evil.example",
    "Log in at https://www.harbor.example@evil.example/ now. | evil.example",
    "Write to ceo@nordkap.example instead. | ceo@nordkap.example",
    "Best regards, Alex Morgan, Harbor Robotics | Harbor Robotics"
  })
  void whatNobodyVouchesForIsNamed(String text, String invention) {
    assertThat(claims.unknownIn(text)).anySatisfy(problem -> assertThat(problem).contains(invention));
  }

  @Test
  void everyInventionIsNamedOnce() {
    assertThat(claims.unknownIn("We helped Siemens save 40 %. We helped Siemens save 40 %. Ask Siemens."))
        .containsExactly(
            "the number “40 %” is neither in the dossier nor in the sender's profile",
            "the name “Siemens” is neither in the dossier nor in the sender's profile");
  }

  private static Fact fact(String id, String quote) {
    return new Fact(id, "other", "Something", "https://www.nordkap.example", LocalDate.EPOCH, quote);
  }
}
