package dev.leadline.enrichment;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The sandbox: fictional people at the companies of the samples (samples/prospects.yaml). */
class SandboxProspects implements ProspectSearch {

  private final List<Recorded> people = read();

  private record File(List<Recorded> prospects) {}

  private record Recorded(
      String name, String email, Boolean verified, String jobTitle, String company, String website, int employees,
      String location) {

    private boolean fits(Audience audience) {
      return in(audience.jobTitles(), jobTitle) && in(audience.locations(), location)
          && (audience.fromEmployees() == null || employees >= audience.fromEmployees())
          && (audience.toEmployees() == null || employees <= audience.toEmployees());
    }

    private static boolean in(List<String> wanted, String text) {
      String said = text.toLowerCase(Locale.ROOT);
      return wanted.isEmpty() || wanted.stream().anyMatch(one -> said.contains(one.toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public String words() {
    return "Sandbox";
  }

  @Override
  public BigDecimal price() {
    return BigDecimal.ZERO;
  }

  @Override
  public List<Candidate> find(Audience audience, int page, int size) {
    return IntStream.range(0, people.size())
        .filter(i -> people.get(i).fits(audience))
        .skip((long) (page - 1) * size)
        .limit(size)
        .mapToObj(i -> new Candidate("s" + i, people.get(i).email() != null))
        .toList();
  }

  @Override
  public Map<String, Person> reveal(List<String> ids) {
    var found = new LinkedHashMap<String, Person>();
    for (String id : ids) {
      var one = people.get(Integer.parseInt(id.substring(1)));
      found.put(id, new Person(
          one.name(), one.email(), !Boolean.FALSE.equals(one.verified()), one.jobTitle(), one.company(), one.website(),
          one.location()));
    }
    return found;
  }

  private static List<Recorded> read() {
    try (InputStream file = SandboxProspects.class.getResourceAsStream("/samples/prospects.yaml")) {
      return new YAMLMapper().readValue(file, File.class).prospects();
    } catch (IOException e) {
      throw new UncheckedIOException("samples/prospects.yaml", e);
    }
  }
}
