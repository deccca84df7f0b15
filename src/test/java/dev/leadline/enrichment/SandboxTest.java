package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.enrichment.Directory.Person;
import org.junit.jupiter.api.Test;

class SandboxTest {

  private final SandboxDirectory directory = new SandboxDirectory();
  private final SandboxSearch search = new SandboxSearch();

  @Test
  void itAnswersForExampleDomainsOnly() {
    assertThat(directory.covers("nordkap-logistik.example")).isTrue();
    assertThat(directory.covers("nordkap-logistik.com")).isFalse();
    assertThat(directory.company("nordkap-logistik.example"))
        .contains(new Finding(Field.SIZE, "180 employees", "sandbox", java.time.LocalDate.of(2026, 1, 15), 90));
    assertThat(directory.company("../leads.example")).isEmpty();
    assertThat(directory.company("unknown.example")).isEmpty();
    assertThat(directory.person(new Person("anna.berg@nordkap-logistik.example", null, null)))
        .extracting(Finding::field).containsExactlyInAnyOrder(Field.JOB_TITLE, Field.SENIORITY);
    assertThat(directory.person(new Person("nobody@nordkap-logistik.example", null, null))).isEmpty();
  }

  @Test
  void itsWebAreTheRecordedSites() {
    assertThat(search.search("Nordkap Logistik warehouses", 3)).hasSizeBetween(1, 3).first().satisfies(hit -> {
      assertThat(hit.address()).startsWith("https://nordkap-logistik.example/");
      assertThat(hit.title()).contains("Nordkap");
      assertThat(hit.snippet()).isNotBlank();
    });
    assertThat(search.search("Nordkap Logistik", 1)).hasSize(1);
    assertThat(search.search("zzz qqq", 5)).isEmpty();
    assertThat(search.search("  ", 5)).isEmpty();
  }
}
