package dev.leadline.web;

import java.util.List;

/**
 * What every page shows around its content.
 *
 * @param links the main navigation
 * @param person the name the viewer gave, or ""
 */
public record Layout(List<Link> links, String person) {

  /**
   * One entry of the main navigation.
   *
   * @param icon id in icons.svg
   * @param keys the keys that go there, for example "g i"
   * @param current whether the viewer is there
   */
  public record Link(String path, String name, String icon, String keys, boolean current) {}

  static Layout of(String path, String person, boolean mailbox) {
    var links =
        List.of(
            link("/", "New lead", "new", "g n", path.equals("/")),
            link("/inbox", "Inbox", "inbox", "g i", within(path, "/inbox")),
            link("/leads", "Leads", "leads", "g l", within(path, "/leads") || within(path, "/import")),
            link("/journeys", "Journeys", "journeys", "g j", within(path, "/journeys")),
            link("/agents", "Agents", "model", "g t", within(path, "/agents")),
            link("/crm", "CRM", "crm", "g c", within(path, "/crm")),
            link("/webhooks", "Webhooks", "webhook", "g w", within(path, "/webhooks")),
            link("/mailbox", "Mailbox", "mailbox", "g m", within(path, "/mailbox")),
            link("/api", "API", "api", "g a", within(path, "/api")));
    return new Layout(
        links.stream().filter(link -> mailbox || !link.path().equals("/mailbox")).toList(), person);
  }

  private static Link link(String path, String name, String icon, String keys, boolean current) {
    return new Link(path, name, icon, keys, current);
  }

  private static boolean within(String path, String part) {
    return path.equals(part) || path.startsWith(part + "/");
  }
}
