package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndustriesTest {

  @ParameterizedTest
  @CsvSource({
    "logistics & supply chain,                         Logistics and transport",
    "'transportation, logistics, supply chain and storage', Logistics and transport",
    "insurance,                                        Insurance",
    "mechanical or industrial engineering,             Manufacturing",
    "food & beverages,                                 Food and agriculture",
    "renewables & environment,                         Energy and utilities",
    "hospital & health care,                           Health care",
    "information technology & services,                Software and technology",
    "Retail and e-commerce,                            Retail and e-commerce",
    "political organization,                           ''",
  })
  void whatProvidersSayHasANameHere(String theirs, String ours) {
    assertThat(new Industries().ours(theirs).orElse("")).isEqualTo(ours);
  }
}
