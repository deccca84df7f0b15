package dev.leadline.qualify;

import dev.leadline.qualify.Reading.Seniority;
import dev.leadline.research.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** How senior a job title is: words of rules/job-titles.yaml, the first level that knows one. */
@Component
class JobTitles {

  private final List<Level> levels = Rules.read("job-titles", File.class).levels().entrySet().stream()
      .map(level -> new Level(
          Seniority.valueOf(level.getKey().replaceAll(" .*", "").toUpperCase(Locale.ROOT)),
          Rules.anyOf(level.getValue())))
      .toList();

  private record File(Map<String, List<String>> levels) {}

  private record Level(Seniority seniority, Pattern words) {}

  Seniority of(String jobTitle) {
    return levels.stream()
        .filter(level -> level.words().matcher(jobTitle).find())
        .map(Level::seniority)
        .findFirst()
        .orElse(Seniority.UNKNOWN);
  }
}
