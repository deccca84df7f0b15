package dev.leadline.campaign;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A campaign's definition as typed into its form: every field a text, lists with commas or line breaks between. */
record CampaignForm(
    String name, String jobTitles, String fromEmployees, String toEmployees, String locations, String most,
    String budget) {

  static final CampaignForm EMPTY = new CampaignForm("", "", "", "", "", "50", "");

  private static final Pattern BETWEEN = Pattern.compile("[,;\\n]");

  CampaignForm {
    name = text(name);
    jobTitles = text(jobTitles);
    fromEmployees = text(fromEmployees);
    toEmployees = text(toEmployees);
    locations = text(locations);
    most = text(most);
    budget = text(budget);
  }

  private static String text(String typed) {
    return typed == null ? "" : typed.strip();
  }

  static CampaignForm of(Definition known) {
    return new CampaignForm(
        known.name(), String.join(", ", known.jobTitles()), number(known.fromEmployees()), number(known.toEmployees()),
        String.join(", ", known.locations()), number(known.most()),
        known.budget() == null ? "" : known.budget().toPlainString());
  }

  private static String number(Integer number) {
    return number == null ? "" : number.toString();
  }

  /**
   * What was meant.
   *
   * @param problems what is no number, by field
   */
  record Read(Definition definition, Map<String, String> problems) {}

  Read read() {
    var problems = new TreeMap<String, String>();
    var definition = new Definition(
        name, list(jobTitles), whole("fromEmployees", fromEmployees, problems),
        whole("toEmployees", toEmployees, problems), list(locations), whole("most", most, problems),
        money(problems));
    definition.check().forEach(wrong -> problems.putIfAbsent(wrong.field(), wrong.reason()));
    return new Read(definition, problems);
  }

  private static List<String> list(String typed) {
    return new ArrayList<>(BETWEEN.splitAsStream(typed).toList());
  }

  private static Integer whole(String field, String typed, Map<String, String> problems) {
    if (typed.isEmpty()) return null;
    if (typed.matches("\\d{1,9}")) return Integer.valueOf(typed);
    problems.put(field, "must be a whole number");
    return null;
  }

  private BigDecimal money(Map<String, String> problems) {
    if (budget.isEmpty()) return null;
    if (budget.matches("\\d{1,9}([.,]\\d{1,4})?")) return new BigDecimal(budget.replace(',', '.'));
    problems.put("budget", "must be an amount such as 25.00");
    return null;
  }
}
