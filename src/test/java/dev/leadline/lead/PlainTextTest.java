package dev.leadline.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

  @Test
  void whatIsCutIsNoLongerThanAllowedAndSaysThatMoreFollowed() {
    assertThat(PlainText.cut("12345", 5)).isEqualTo("12345");
    assertThat(PlainText.cut("123456", 5)).isEqualTo("1234…");
    assertThat(PlainText.cut("123😀56", 5)).as("not in the middle of a character").isEqualTo("123…");
  }
}
