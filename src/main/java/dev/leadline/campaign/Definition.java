package dev.leadline.campaign;

import dev.leadline.enrichment.ProspectSearch.Audience;
import dev.leadline.lead.PlainText;
import dev.leadline.web.InvalidInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a campaign is to do, as a person or a program says it; cleaned, but not yet checked. */
@Schema(name = "CampaignDefinition")
record Definition(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 100, example = "Heads of operations, north")
        String name,
    @Schema(description = "Any of them; at least one", example = "[\"Head of Operations\", \"COO\"]")
        List<String> jobTitles,
    @Schema(description = "Employees of their company, at the least", example = "50") Integer fromEmployees,
    @Schema(description = "At the most", example = "500") Integer toEmployees,
    @Schema(description = "Cities, regions or countries; none is everywhere", example = "[\"Germany\"]")
        List<String> locations,
    @Schema(description = "Leads of one run at the most: 1 to 2000", defaultValue = "50") Integer most,
    @Schema(description = "What finding them may cost in one run, in the currency of the table enrichment-plan; "
        + "null is no bound", example = "25.00") BigDecimal budget) {

  static final int MOST = 2000;
  private static final int USUAL = 50;
  private static final int LONGEST = 100;
  private static final int MOST_WORDS = 20;
  private static final int LARGEST = 10_000_000;

  Definition {
    name = name == null ? "" : PlainText.line(name);
    jobTitles = cleaned(jobTitles);
    locations = cleaned(locations);
    most = most == null ? USUAL : most;
  }

  private static List<String> cleaned(List<String> texts) {
    return texts == null ? List.of() : texts.stream().filter(Objects::nonNull).map(PlainText::line)
        .filter(text -> !text.isEmpty()).distinct().toList();
  }

  Audience audience() {
    return new Audience(jobTitles, fromEmployees, toEmployees, locations);
  }

  /** "Head of Operations or COO, 50 to 500 employees, in Germany; at most 50 leads". */
  public String inWords() {
    var words = new StringBuilder(String.join(" or ", jobTitles));
    if (fromEmployees != null && toEmployees != null)
      words.append(", ").append(fromEmployees).append(" to ").append(toEmployees).append(" employees");
    else if (fromEmployees != null) words.append(", ").append(fromEmployees).append(" employees or more");
    else if (toEmployees != null) words.append(", ").append(toEmployees).append(" employees or fewer");
    if (!locations.isEmpty()) words.append(", in ").append(String.join(" or ", locations));
    words.append("; at most ").append(most).append(" leads");
    if (budget != null) words.append(", budget ").append(budget.toPlainString());
    return words.toString();
  }

  /** What is wrong, in the order of the fields. */
  List<InvalidInput.Field> check() {
    var wrong = new ArrayList<InvalidInput.Field>();
    if (name.isEmpty()) wrong.add(new InvalidInput.Field("name", "is required"));
    else if (tooLong(name)) wrong.add(new InvalidInput.Field("name", "must not be longer than 100 characters"));
    if (jobTitles.isEmpty()) wrong.add(new InvalidInput.Field("jobTitles", "must name at least one"));
    words("jobTitles", jobTitles, wrong);
    bound("fromEmployees", fromEmployees, wrong);
    bound("toEmployees", toEmployees, wrong);
    if (fromEmployees != null && toEmployees != null && fromEmployees > toEmployees)
      wrong.add(new InvalidInput.Field("toEmployees", "must not be less than fromEmployees"));
    words("locations", locations, wrong);
    if (most < 1 || most > MOST) wrong.add(new InvalidInput.Field("most", "must be between 1 and " + MOST));
    if (budget != null && (budget.signum() < 0 || budget.precision() - budget.scale() > 9))
      wrong.add(new InvalidInput.Field("budget", "must be between 0 and 999,999,999"));
    return wrong;
  }

  private static void words(String field, List<String> texts, List<InvalidInput.Field> wrong) {
    if (texts.size() > MOST_WORDS) wrong.add(new InvalidInput.Field(field, "must not be more than " + MOST_WORDS));
    if (texts.stream().anyMatch(Definition::tooLong))
      wrong.add(new InvalidInput.Field(field, "must each not be longer than 100 characters"));
    if (!texts.stream().allMatch(PlainText::readable))
      wrong.add(new InvalidInput.Field(field, "must each contain a letter or a digit"));
  }

  private static void bound(String field, Integer employees, List<InvalidInput.Field> wrong) {
    if (employees != null && (employees < 1 || employees > LARGEST))
      wrong.add(new InvalidInput.Field(field, "must be between 1 and 10,000,000"));
  }

  private static boolean tooLong(String text) {
    return text.codePointCount(0, text.length()) > LONGEST;
  }
}
