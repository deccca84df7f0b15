package dev.leadline.enrichment;

import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.util.Map;

/** What Apollo and People Data Labs answer, in the shape of their documentation, about one company and one person. */
final class RecordedProviders {

  private RecordedProviders() {}

  static Answer apollo(Asked asked) {
    if (!"the-secret-key".equals(asked.header("x-api-key"))) return new Answer(401, Map.of(), "Invalid access credentials.");
    return switch (asked.method() + " " + asked.path()) {
      case "GET /api/v1/organizations/enrich" -> switch (asked.query().get("domain")) {
        case "nordkap.test" -> Answer.json("""
            {"organization": {"id": "5e66b6381e05b4008c8331b8", "name": "Nordkap", "website_url": "http://www.nordkap.test",
              "primary_domain": "nordkap.test", "industry": "logistics & supply chain", "estimated_num_employees": 180,
              "founded_year": 1987, "annual_revenue_printed": "42M", "annual_revenue": 42000000.0,
              "city": "Hamburg", "state": "Hamburg", "country": "Germany", "short_description": "Freight forwarding.",
              "technology_names": ["Microsoft Office 365", "SAP"], "keywords": ["freight"], "phone": null}}""");
        case "not a domain" -> Answer.json(422, "{\"error\": \"Invalid domain\"}");
        default -> Answer.json("{}");
      };
      case "POST /api/v1/people/match" -> asked.query().get("email").equals("anna.berg@nordkap.test")
          ? Answer.json("""
              {"person": {"id": "64a7ff0cc4dfae00013df1a5", "first_name": "Anna", "last_name": "Berg", "name": "Anna Berg",
                "linkedin_url": "http://www.linkedin.com/in/anna-berg-test", "title": "Head of Operations",
                "email_status": "verified", "email": "anna.berg@nordkap.test", "seniority": "head",
                "organization": {"name": "Nordkap"}}}""")
          : Answer.json("{\"person\": null}");
      case "POST /api/v1/mixed_people/api_search" -> people(asked);
      default -> Answer.json(404, "{}");
    };
  }

  /** 130 people, by pages. */
  private static Answer people(Asked asked) {
    if (!asked.query().get("q_organization_domains_list[]").equals("nordkap.test"))
      return Answer.json("{\"total_entries\": 0, \"people\": []}");
    int page = Integer.parseInt(asked.query().get("page"));
    int perPage = Integer.parseInt(asked.query().get("per_page"));
    var people = new StringBuilder();
    for (int i = (page - 1) * perPage; i < Math.min(130, page * perPage); i++) {
      people.append(people.isEmpty() ? "" : ",").append("""
          {"id": "p%d", "first_name": "P%d", "last_name_obfuscated": "B***g", "title": "Operations Manager",
           "has_email": true, "organization": {"name": "Nordkap"}}""".formatted(i, i));
    }
    return Answer.json("{\"total_entries\": 130, \"people\": [" + people + "]}");
  }

  static Answer peopleDataLabs(Asked asked) {
    if (!"the-secret-key".equals(asked.header("X-Api-Key")))
      return Answer.json(401, error(401, "authentication_error", "Request contained a missing or invalid key"));
    String about = asked.query().getOrDefault("website", asked.query().get("email"));
    return switch (asked.path() + " " + about) {
      case "/v5/company/enrich nordkap.test" -> Answer.json("""
          {"status": 200, "name": "nordkap", "size": "51-200", "employee_count": 176, "founded": 1987,
           "industry": "logistics and supply chain", "location": {"name": "hamburg, hamburg, germany", "country": "germany"},
           "inferred_revenue": "$25M-$50M", "summary": "freight forwarding and warehousing", "website": "nordkap.test",
           "likelihood": 9}""");
      case "/v5/person/enrich anna.berg@nordkap.test" -> Answer.json("""
          {"status": 200, "likelihood": 8, "data": {"id": "qEnOZ5Oh0poWnQ1luFBfVw_0000", "full_name": "anna berg",
           "job_title": "head of operations", "job_title_levels": ["director"], "job_last_verified": "2025-11-20",
           "linkedin_url": "linkedin.com/in/anna-berg-test", "mobile_phone": true, "location_name": true}}""");
      default -> Answer.json(404, error(404, "not_found", "No records were found matching your request"));
    };
  }

  static String error(int status, String type, String message) {
    return "{\"status\": %d, \"error\": {\"type\": \"%s\", \"message\": \"%s\"}}".formatted(status, type, message);
  }
}
