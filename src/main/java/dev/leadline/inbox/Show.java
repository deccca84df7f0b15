package dev.leadline.inbox;

import io.camunda.client.api.search.filter.UserTaskFilter;
import java.util.Locale;

/** Which tasks the viewer wants to see. */
enum Show {
  ALL("All"),
  MINE("Mine"),
  UNASSIGNED("Unassigned");

  private final String words;

  Show(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Show of(String path) {
    for (var show : values()) if (show.path().equals(path)) return show;
    return ALL;
  }

  void narrow(UserTaskFilter task, String viewer) {
    switch (this) {
      case ALL -> {}
      case MINE -> task.assignee(viewer);
      case UNASSIGNED -> task.assignee(assignee -> assignee.exists(false));
    }
  }
}
