package dev.leadline.journey;

import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.filter.ProcessInstanceFilter;
import java.util.Locale;

/** Which instances the viewer wants to see. */
enum Show {
  ALL("All"),
  RUNNING("Running"),
  INCIDENT("Incident"),
  FINISHED("Finished"),
  ENDED_EARLY("Ended early");

  private final String words;

  Show(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Show of(String path) {
    for (var show : values()) if (show.path().equals(path)) return show;
    return ALL;
  }

  void narrow(ProcessInstanceFilter instance) {
    switch (this) {
      case ALL -> {}
      case RUNNING -> instance.state(ProcessInstanceState.ACTIVE);
      case INCIDENT -> instance.state(ProcessInstanceState.ACTIVE).hasIncident(true);
      case FINISHED -> instance.state(ProcessInstanceState.COMPLETED);
      case ENDED_EARLY -> instance.state(ProcessInstanceState.TERMINATED);
    }
  }
}
