package dev.leadline.web;

import java.util.List;

/**
 * What every page shows around its content.
 *
 * @param site whose pages these are, as the title says it
 * @param links the main navigation; empty for strangers
 * @param more what is looked at less often, behind a menu
 * @param person the name the viewer gave, or ""
 */
public record Layout(String site, List<Link> links, List<Link> more, String person) {

  private static final String MAILBOX = "/mailbox";

  /**
   * One entry of the navigation.
   *
   * @param icon id in icons.svg
   * @param keys the keys that go there, for example "g i"
   * @param current whether the viewer is there
   */
  public record Link(String path, String name, String icon, String keys, boolean current) {}

  /** @param mailbox whether there is the page of the embedded mail server */
  static Layout of(String path, String person, boolean mailbox) {
    var links =
        List.of(
            link("/inbox", "Inbox", "inbox", "g i", within(path, "/inbox")),
            link("/leads", "Leads", "leads", "g l", within(path, "/leads") || within(path, "/import")),
            link("/campaigns", "Campaigns", "campaigns", "g c", within(path, "/campaigns")),
            link("/meetings", "Meetings", "meetings", "g b", within(path, "/meetings")),
            link("/journeys", "Journeys", "journeys", "g j", within(path, "/journeys")));
    var more =
        List.of(
            link("/", "New lead", "new", "g n", path.equals("/")),
            link("/messages", "Mail in", "mail-in", "g p", within(path, "/messages")),
            link("/agents", "Agents", "model", "g t", within(path, "/agents")),
            link("/deliverability", "Delivery", "delivery", "g d", within(path, "/deliverability")),
            link("/outbox", "Outbox", "wait", "g o", within(path, "/outbox")),
            link("/crm", "CRM", "crm", "g r", within(path, "/crm")),
            link("/webhooks", "Webhooks", "webhook", "g w", within(path, "/webhooks")),
            link(MAILBOX, "Mailbox", "mailbox", "g m", within(path, MAILBOX)),
            link("/suppressions", "Suppressions", "stop", "g s", within(path, "/suppressions")),
            link("/erasures", "Erasures", "erase", "g e", within(path, "/erasures")),
            link("/api", "API", "api", "g a", within(path, "/api")));
    return new Layout(
        "Leadline", links, more.stream().filter(link -> mailbox || !link.path().equals(MAILBOX)).toList(), person);
  }

  /** Nothing around the content: they have no business with the pages of those who work here. */
  static Layout forStrangers(String company) {
    return new Layout(company, List.of(), List.of(), "");
  }

  public boolean strangers() {
    return links.isEmpty();
  }

  /** Whether the viewer is on one of the pages behind the menu. */
  public boolean further() {
    return more.stream().anyMatch(Link::current);
  }

  private static Link link(String path, String name, String icon, String keys, boolean current) {
    return new Link(path, name, icon, keys, current);
  }

  private static boolean within(String path, String part) {
    return path.equals(part) || path.startsWith(part + "/");
  }
}
