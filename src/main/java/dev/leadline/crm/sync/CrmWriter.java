package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.CrmRecords.Activity;
import dev.leadline.crm.CrmRecords.Entry;
import dev.leadline.crm.CrmRecords.Field;
import dev.leadline.crm.CrmRecords.Kind;
import dev.leadline.lead.Company;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.lead.PlainText;
import dev.leadline.provider.Unavailable;
import dev.leadline.relay.Carrier;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Undeliverable;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes people, their companies and what was said to them into the CRM. */
@Component
class CrmWriter implements Carrier {

  static final String PERSON = "person";
  static final String TOUCH = "touch";
  static final String ERASURE = "erasure";
  private static final int LONGEST_TEXT = 10_000;

  private final CrmRecords crm;
  private final CrmSettings settings;
  private final Leads leads;
  private final Links links;
  private final Timeline timeline;

  CrmWriter(CrmRecords crm, CrmSettings settings, Leads leads, Links links, Timeline timeline) {
    this.crm = crm;
    this.settings = settings;
    this.leads = leads;
    this.links = links;
    this.timeline = timeline;
  }

  @Override
  public String carry(Parcel parcel) {
    try {
      return switch (parcel.what()) {
        case PERSON -> person(parcel);
        case ERASURE -> erasure(parcel);
        default -> touch(parcel);
      };
    } catch (CrmRecords.Refused no) {
      throw new Undeliverable(no.getMessage());
    }
  }

  /** What writing this lead would do, without doing it. */
  List<Plan> plan(Lead lead, String stage, String reason) {
    var plans = new ArrayList<Plan>();
    company(lead).map(wanted -> Plan.of(crm, settings, Kind.COMPANY, wanted, wanted.get(Field.DOMAIN))).ifPresent(plans::add);
    plans.add(Plan.of(crm, settings, Kind.PERSON, person(lead, stage, reason), lead.email()));
    return plans;
  }

  private String person(Parcel parcel) {
    Lead lead = leads.findById(parcel.leadId()).orElseThrow(() -> new Undeliverable("There is no such lead any more"));
    String stage = parcel.content().get("stage");
    String reason = parcel.content().get("reason");
    if (settings.dryRun()) return "Dry run: " + words(plan(lead, stage, reason));

    var company = company(lead).map(wanted -> Plan.of(crm, settings, Kind.COMPANY, wanted, wanted.get(Field.DOMAIN)));
    var companyId = company.map(plan -> plan.carryOut(crm));
    var wanted = person(lead, stage, reason);
    companyId.ifPresent(id -> wanted.put(Field.COMPANY, id));
    var person = Plan.of(crm, settings, Kind.PERSON, wanted, lead.email());
    String id = person.carryOut(crm);
    // Who looks after them from now on is known, and not taken for a change when the CRM tells of it.
    String owner = person.found().or(() -> crm.find(Kind.PERSON, lead.id(), lead.email())).map(Entry::owner).orElse(null);
    links.change(lead.id(), link -> link.written(id, companyId.orElse(null))
        .knowing("OWNER", link.known().getOrDefault("OWNER", owner)));

    var plans = new ArrayList<Plan>();
    company.ifPresent(plans::add);
    plans.add(person);
    timeline.record(
        "crm:" + parcel.id(), lead.id(), "sync-crm", Actor.SYSTEM, crm.name(),
        person.found().isEmpty() ? "Is a contact in the CRM now" : "Brought up to date in the CRM",
        stage == null ? List.of() : List.of("Stage: " + stage + (reason == null ? "" : ", because " + reason)));
    return words(plans);
  }

  private String touch(Parcel parcel) {
    String person = links.findById(parcel.leadId()).filter(link -> link.crm().equals(crm.name())).map(Link::person)
        .orElse(null);
    if (settings.dryRun()) return "Dry run: would be noted on the contact's timeline";
    if (person == null) throw new Undeliverable("The contact could not be written; send it again first");
    TimelineEntry entry = timeline.find(parcel.content().get("entry"))
        .orElseThrow(() -> new Undeliverable("There is no such entry on the timeline any more"));
    String text = String.join("\n", entry.details());
    crm.note(
        person,
        new Activity(
            entry.mark(), Activity.Type.valueOf(parcel.content().get("touch")), entry.at(), entry.text(),
            PlainText.cut(text, LONGEST_TEXT),
            URI.create(settings.page(entry.leadId()) + "#" + entry.mark())),
        parcel.again());
    return "noted on the contact's timeline";
  }

  /** All that is known of them is the id they had here, which their lane is called by. */
  private String erasure(Parcel parcel) {
    if (settings.dryRun()) return "Dry run: would be erased";
    return crm.erase(parcel.lane()).orElse("nobody there");
  }

  @Override
  public void gaveUp(Parcel parcel, String because) {
    if (parcel.leadId() == null) return;
    timeline.record(
        "crm:" + parcel.id() + ":dead:" + parcel.attempts(), parcel.leadId(), "sync-crm", Actor.SYSTEM, crm.name(),
        "Could not be written to the CRM; see the page CRM", List.of(because));
  }

  @Override
  public String words(RuntimeException failure) {
    return failure instanceof Unavailable why ? why.provider() + " " + why.getMessage() : failure.getClass().getSimpleName();
  }

  private static String words(List<Plan> plans) {
    return String.join("; ", plans.stream().map(Plan::words).toList());
  }

  private static Optional<Map<Field, String>> company(Lead lead) {
    return Optional.ofNullable(Company.of(lead).domain()).map(domain -> {
      var values = new EnumMap<Field, String>(Field.class);
      values.put(Field.ID, domain);
      values.put(Field.DOMAIN, domain);
      values.put(Field.NAME, lead.company());
      return values;
    });
  }

  private Map<Field, String> person(Lead lead, String stage, String reason) {
    var values = new EnumMap<Field, String>(Field.class);
    String name = lead.name().strip();
    int space = name.lastIndexOf(' ');
    values.put(Field.ID, lead.id());
    values.put(Field.EMAIL, lead.email());
    values.put(Field.FIRST_NAME, space < 0 ? name : name.substring(0, space));
    // Salesforce and Pipedrive want a last name of everybody.
    values.put(Field.LAST_NAME, space < 0 ? name : name.substring(space + 1));
    put(values, Field.JOB_TITLE, lead.jobTitle());
    put(values, Field.SOURCE, lead.leadSource());
    put(values, Field.SCORE, lead.score() == null ? null : lead.score().toString());
    put(values, Field.TIER, lead.tier() == null ? null : lead.tier().name());
    put(values, Field.STAGE, stage);
    put(values, Field.REASON, reason);
    values.put(Field.LINK, settings.page(lead.id()).toString());
    return values;
  }

  private static void put(Map<Field, String> values, Field field, String value) {
    if (value != null && !value.isBlank()) values.put(field, value);
  }
}
