package dev.leadline.intake;

import dev.leadline.lead.PlainText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a lead says about themselves: the fields of the form, the API and an import. */
public enum Field {
  NAME("name", true, 200, "fullname", "contactname"),
  EMAIL("email", true, 254, "emailaddress", "mail"),
  COMPANY("company", true, 200, "companyname"),
  WEBSITE("website", false, 300, "companywebsite"),
  JOB_TITLE("jobTitle", true, 200, "title", "role"),
  LEAD_SOURCE("leadSource", true, 100, "source"),
  PROJECT_DESCRIPTION("projectDescription", false, 5000, "description", "project");

  private static final Map<String, Field> BY_SPELLING = Stream.of(values())
      .flatMap(field -> field.spellings().map(spelling -> Map.entry(spelling, field)))
      .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String apiName;
  private final boolean required;
  private final int limit;
  private final String[] alsoCalled;

  Field(String apiName, boolean required, int limit, String... alsoCalled) {
    this.apiName = apiName;
    this.required = required;
    this.limit = limit;
    this.alsoCalled = alsoCalled;
  }

  /** The field meant by a name; case, blanks, dashes and underscores do not count: job_title, Job Title, jobTitle. */
  public static Optional<Field> named(String name) {
    return Optional.ofNullable(BY_SPELLING.get(plain(name)));
  }

  public String apiName() {
    return apiName;
  }

  public boolean required() {
    return required;
  }

  /** Most characters (code points) it may have. */
  int limit() {
    return limit;
  }

  private Stream<String> spellings() {
    return Stream.concat(Stream.of(plain(apiName)), Stream.of(alsoCalled));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-.]", "");
  }

  /** The value without unseen characters; empty when nothing is left. */
  String cleaned(String value) {
    Function<String, String> form = this == PROJECT_DESCRIPTION ? PlainText::lines : PlainText::line;
    return value == null ? "" : form.apply(value);
  }
}
