package dev.leadline.enrichment;

import dev.leadline.provider.Recorded;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The sandbox: recorded facts about companies and people of the samples. No real domain ends in .example. */
@Component
class SandboxDirectory implements Directory, PeopleSearch {

  static final String NAME = "sandbox";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean covers(String domain) {
    return Recorded.knows(domain);
  }

  @Override
  public List<Finding> company(String domain) {
    return Recorded.of(domain, File.class).map(file -> file.facts(file.company())).orElse(List.of());
  }

  @Override
  public List<Finding> person(Person person) {
    String domain = person.email().substring(person.email().lastIndexOf('@') + 1);
    return Recorded.of(domain, File.class)
        .map(file -> file.facts(file.people().getOrDefault(person.email(), Map.of()))).orElse(List.of());
  }

  @Override
  public List<Colleague> people(String domain, List<String> jobTitles, int limit) {
    return Recorded.of(domain, File.class).map(File::colleagues).orElse(List.of()).stream()
        .filter(one -> jobTitles.isEmpty() || jobTitles.stream().anyMatch(one.jobTitle()::equalsIgnoreCase))
        .map(one -> new Colleague(one.id(), one.name(), one.jobTitle(), NAME))
        .limit(limit)
        .toList();
  }

  /** What samples/records says of a company, as far as a directory knows it. */
  private record File(
      LocalDate recorded, int confidence, Map<Field, String> company, Map<String, Map<Field, String>> people,
      List<Colleague> colleagues) {

    private File {
      company = company == null ? Map.of() : company;
      people = people == null ? Map.of() : people;
      colleagues = colleagues == null ? List.of() : colleagues;
    }

    private List<Finding> facts(Map<Field, String> known) {
      return known.entrySet().stream()
          .map(fact -> new Finding(fact.getKey(), fact.getValue(), NAME, recorded, confidence)).toList();
    }
  }
}
