package dev.leadline.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

  private final Places places = new Places();

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Hamburg, Germany | DE | Europe/Berlin",
    "Sitz in Wien, Österreich | AT | Europe/Vienna",
    "Columbus, Ohio, United States | US | America/New_York",
    "Austin, Texas, United States | US | America/Chicago",
    "our offices in Seattle | US | America/Los_Angeles",
    "Leeds, UK | GB | Europe/London",
    "siège à Lyon, France | FR | Europe/Paris",
    "Las Palmas, España | ES | Atlantic/Canary",
    "Vancouver, British Columbia, Canada | CA | America/Vancouver",
    "São Paulo, Brasil | BR | America/Sao_Paulo",
    "Praha, Czech Republic | CZ | Europe/Prague"
  })
  void readsWhereSomebodyIs(String text, String country, String zone) {
    assertThat(places.in(text)).hasValueSatisfying(place -> {
      assertThat(place.country()).isEqualTo(country);
      assertThat(place.zone().getId()).isEqualTo(zone);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"based in Springfield", "warehouses near the coast", "", "us and them"})
  void doesNotGuess(String text) {
    assertThat(places.in(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"acme.de, DE", "acme.co.uk, GB", "acme.com.au, AU", "acme.com,", "acme.io,", "acme.example,", ","})
  void aCountrysDomainSaysSo(String domain, String country) {
    assertThat(places.of(domain).map(Places.Place::country).orElse(null)).isEqualTo(country);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-03, DE, true", "2026-10-05, DE, false", "2026-07-14, FR, true", "2026-12-25, US, true",
    "2026-11-26, US, true", "2026-12-28, GB, true", "2026-07-14, XX, false", "2026-07-14, , false"
  })
  void knowsTheHolidaysOfCountries(LocalDate date, String country, boolean holiday) {
    assertThat(new PublicHolidays().on(date, country)).isEqualTo(holiday);
  }

  @Test
  void everyCountryHasAZoneThatJavaKnows() {
    assertThat(places.of("acme.at")).isPresent();
    assertThat(places.of("acme.no")).hasValueSatisfying(place -> assertThat(place.country()).isEqualTo("NO"));
  }
}
