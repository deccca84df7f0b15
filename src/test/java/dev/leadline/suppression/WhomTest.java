package dev.leadline.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhomTest {

  @Test
  void aCompanyIsKnownWithAndWithoutItsLegalForm() {
    assertThat(Whom.company("Ostrava Castings s.r.o.").key()).isEqualTo("company:ostrava castings");
    assertThat(Whom.all("a@b.example", "Ostrava Castings s.r.o.", null))
        .contains("company:ostrava castings", "company:ostrava castings s.r.o.");
  }
}
