package dev.leadline.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeTest {

  private final Knowledge ours = new Knowledge(Path.of("knowledge"));

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "en | Where is our data stored? We may only use providers that host in the EU.        | security#where-data-is-kept",
    "en | Does this work with SAP Business One?                                           | integration#existing-systems",
    "en | Can your tool read orders that come in by fax and PDF?                          | products#incoming-orders",
    "en | How long does it take until a first process runs?                               | process#how-long",
    "en | Are you ISO 27001 certified?                                                    | security#certificates",
    "de | Wie lange dauert die Einführung bei einem Unternehmen unserer Größe?            | process#how-long",
    "de | Läuft das auch in unserem eigenen Rechenzentrum?                                | security#on-premises",
    "de | Kann man damit Mitarbeiter überwachen? Unser Betriebsrat fragt.                 | products#people",
    "fr | Où sont hébergées les données ?                                                 | security#where-data-is-kept",
    "es | ¿Se integra con Odoo?                                                           | integration#existing-systems",
    "nl | Waar staan de gegevens?                                                         | security#where-data-is-kept",
    "it | Quanto costa?                                                                   | pricing#prices"
  })
  void aQuestionFindsTheSectionThatAnswersIt(String language, String question, String id) {
    assertThat(ours.find(question, language, 1)).extracting(Section::id).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Is it raining in Bristol as well?", "", "Who won the match on Sunday?", "¿Qué tal?", "}{ OR *:*"})
  void whatNobodyWroteAboutFindsNothing(String question) {
    assertThat(ours.find(question, "en", 3)).isEmpty();
  }

  @Test
  void aSectionComesInTheLanguageAskedForOrInEnglish() {
    assertThat(ours.find("Wo liegen die Daten, Serverstandort EU?", "de", 1)).singleElement()
        .satisfies(section -> assertThat(section.text()).startsWith("Die Daten liegen"));
    assertThat(ours.find("Où sont hébergées les données ?", "fr", 1)).singleElement()
        .satisfies(section -> assertThat(section.language()).isEqualTo("en"));
  }

  @Test
  void pricesAndContractsAreForAPerson() {
    assertThat(List.of("pricing#prices", "pricing#contracts")).allSatisfy(id -> {
      assertThat(ours.section(id, "en").orElseThrow().byPerson()).isTrue();
      assertThat(ours.section(id, "en").orElseThrow().text()).doesNotContainPattern("\\d");
    });
    assertThat(ours.section("security#gdpr", "en").orElseThrow().byPerson()).isFalse();
  }

  @Test
  void everySectionInAnotherLanguageExistsInEnglishAndAnswersTheSameWay() {
    for (Section section : new KnowledgeFiles(Path.of("knowledge")).sections())
      assertThat(ours.section(section.id(), "en")).as(section.id()).hasValueSatisfying(english -> {
        assertThat(english.language()).isEqualTo("en");
        assertThat(english.byPerson()).isEqualTo(section.byPerson());
      });
  }

  @Test
  void aChangedFileCountsAtOnceAndAnOldCitationNoMore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("facts.md");
    Files.writeString(file, "# Facts\n\n## Speed {#speed}\n> Asked as: speed\n\nIt takes two days.\n");
    var knowledge = new Knowledge(folder);
    String before = knowledge.find("What speed?", "en", 1).getFirst().citation();
    assertThat(before).matches("facts#speed/en@[0-9a-f]{8}");
    assertThat(knowledge.cited(before)).isPresent();

    Files.writeString(file, "# Facts\n\n## Speed {#speed}\n> Asked as: speed\n\nIt takes three long days.\n");

    await().until(() -> knowledge.find("What speed?", "en", 1).getFirst().text().contains("three"));
    assertThat(knowledge.cited(before)).isEmpty();
    assertThat(knowledge.cited("f1")).isEmpty();
    Files.delete(file);
    await().until(() -> knowledge.find("What speed?", "en", 1).isEmpty());
  }

  @Test
  void aFileThatCannotBeReadKeepsNoAnswerFromTheOthers(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("prices.md"), "# Preise\n\n## Größe {#size}\n\nGroß.\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(folder.resolve("facts.md"), "# Facts\n\n## Speed {#speed}\n> Asked as: speed\n\nIt takes two days.\n");

    assertThat(new Knowledge(folder).find("What speed?", "en", 1)).extracting(Section::id).containsExactly("facts#speed");
  }

  @Test
  void withoutAFolderNothingIsKnown(@TempDir Path folder) {
    assertThat(new Knowledge(folder.resolve("none")).find("price", "en", 3)).isEmpty();
  }
}
