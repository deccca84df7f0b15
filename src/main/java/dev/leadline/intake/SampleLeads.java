package dev.leadline.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fictional leads, whose companies have recorded websites, to try Leadline with. */
@RestController
@Tag(name = "Leads")
class SampleLeads {

  /** How many of them were new, were known already, or could not be registered. */
  record Loaded(int added, int duplicates, int rejected) {

    private Loaded and(Verdict verdict) {
      return switch (verdict) {
        case Verdict.New ignored -> new Loaded(added + 1, duplicates, rejected);
        case Verdict.Duplicate ignored -> new Loaded(added, duplicates + 1, rejected);
        case Verdict.Rejected ignored -> new Loaded(added, duplicates, rejected + 1);
      };
    }
  }

  private static final ClassPathResource LEADS = new ClassPathResource("samples/leads.json");

  private final Intake intake;
  private final ObjectMapper json;

  SampleLeads(Intake intake, ObjectMapper json) {
    this.intake = intake;
    this.json = json;
  }

  @PostMapping("/api/v1/leads/samples")
  @Operation(summary = "Register the sample leads", description = "Loading them twice adds nothing.")
  Loaded load() throws IOException {
    var loaded = new Loaded(0, 0, 0);
    try (var file = LEADS.getInputStream()) {
      for (JsonNode lead : json.readTree(file)) {
        loaded = loaded.and(intake.take(Channel.SAMPLES, null, lead.toString()));
      }
    }
    return loaded;
  }
}
