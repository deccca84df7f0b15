package dev.leadline.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.lead.CompanyName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Anna Berg | Anna", "Dr. Jonas Weiß | Jonas", "Prof. Dr. med. Eva Klein | Eva", "Dipl.-Ing. Uwe Groß | Uwe",
    "Mr Tom O'Brien | Tom", "Frau Müller-Lüdenscheidt | Müller-Lüdenscheidt", "BERG, Anna | Anna",
    "Anna Berg, MBA | Anna", "BERG, ANNA | Anna", "RAFAEL COSTA | Rafael", "jean-luc moreau | Jean-Luc",
    "DeShawn King | DeShawn",
    "Łukasz Wójcik | Łukasz", "María José Fernández | María", "D'Arcy Wretzky | D'Arcy", "李 小龙 | ''",
    "J. Smith | ''",
    "x | ''", "4n0n | ''", "' ' | ''", "info@acme.example | ''"
  })
  void peopleAreGreetedByTheirFirstNameOrNotByName(String name, String first) {
    assertThat(FirstName.of(name).orElse("")).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Nordkap Logistik GmbH | Nordkap Logistik", "Weiß Präzisionsteile GmbH & Co. KG | Weiß Präzisionsteile",
    "Aceites del Valle S.L. | Aceites del Valle", "Acme, Inc. | Acme", "Umbrella Corp | Umbrella",
    "Fabryka Mebli Wisła Sp. z o.o. | Fabryka Mebli Wisła",
    "Costa & Filhos Transportes Lda | Costa & Filhos Transportes",
    "Brightwater Insurance plc | Brightwater Insurance", "Ostrava Castings s.r.o. | Ostrava Castings",
    "Balticline Forwarding UAB | Balticline Forwarding", "Havelwind Betriebs GmbH | Havelwind", "AG | AG", "Hearthline Stores | Hearthline Stores"
  })
  void companiesAreCalledWithoutTheirLegalForm(String company, String spoken) {
    assertThat(CompanyName.spoken(company)).isEqualTo(spoken);
  }
}
