package dev.leadline.crm;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.provider.Recorded;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The CRM of a team that has none: what Leadline writes is kept in its own database. For reading it also knows the
 * recorded records of some companies of the samples, whose accounts have their domain as id.
 */
class BuiltInCrm implements CrmRecords {

  static final String NAME = "built-in";

  private final MongoOperations mongo;

  BuiltInCrm(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /**
   * A person or company.
   *
   * @param id our own id behind its kind, at the time it was made: a record is made once
   * @param ours our own id behind its kind
   * @param natural address or domain, in lower case
   * @param values by the names of the fields
   */
  @Document("crm_records")
  record Kept(
      @Id String id, Kind kind, @Indexed String ours, @Indexed String natural, Map<String, String> values, String owner, Instant at) {}

  /** Something on a person's timeline. */
  @Document("crm_activities")
  record Done(
      @Id String id, @Indexed String person, Activity.Type type, Instant at, String subject, String text, String evidence) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Account> account(String domain) {
    return natural(Kind.COMPANY, domain)
        .map(kept -> new Account(kept.id(), kept.values().get("NAME"), domain, null, kept.owner(), null))
        .or(() -> recorded(domain).map(File::account)
            .map(account -> new Account(domain, account.name(), domain, account.industry(), account.owner(), null)));
  }

  @Override
  public Optional<Contact> contact(String email) {
    String address = email.toLowerCase(Locale.ROOT);
    return natural(Kind.PERSON, address)
        .map(kept -> new Contact(
            kept.id(), kept.values().getOrDefault("FIRST_NAME", "") + " " + kept.values().getOrDefault("LAST_NAME", ""),
            address, kept.values().get("JOB_TITLE"), kept.values().get("COMPANY"), kept.values().get("STAGE"), kept.owner()))
        .or(() -> recorded(address.substring(address.lastIndexOf('@') + 1)).stream()
            .flatMap(file -> file.contacts().stream())
            .filter(contact -> contact.email().equals(address))
            .findFirst());
  }

  @Override
  public List<Opportunity> openOpportunities(String accountId) {
    return recorded(accountId).map(File::opportunities).orElse(List.of());
  }

  @Override
  public List<Note> notes(String accountId, int limit) {
    return recorded(accountId).map(File::notes).orElse(List.of()).stream()
        .sorted(Comparator.comparing(Note::at).reversed()).limit(limit).toList();
  }

  @Override
  public Optional<Entry> find(Kind kind, String ours, String natural) {
    return Optional.ofNullable(mongo.findOne(query(where("ours").is(id(kind, ours))), Kept.class))
        .or(() -> natural(kind, natural))
        .map(BuiltInCrm::entry);
  }

  @Override
  public String create(Kind kind, Map<Field, String> values) {
    String id = id(kind, values.get(Field.ID));
    try {
      mongo.insert(new Kept(
          id, kind, id, values.getOrDefault(kind == Kind.PERSON ? Field.EMAIL : Field.DOMAIN, "").toLowerCase(Locale.ROOT),
          Map.of(), null, Instant.now()));
    } catch (DuplicateKeyException known) {
      // Made before; its fields follow.
    }
    update(kind, id, values);
    return id;
  }

  @Override
  public void update(Kind kind, String id, Map<Field, String> values) {
    var update = new Update();
    values.forEach((field, value) -> update.set("values." + field, value));
    if (values.containsKey(Field.ID)) update.set("ours", id(kind, values.get(Field.ID)));
    if (mongo.updateFirst(query(where("_id").is(id)), update, Kept.class).getMatchedCount() == 0)
      throw new Refused("The built-in CRM has no such record");
  }

  @Override
  public void note(String person, Activity activity, boolean again) {
    try {
      mongo.insert(new Done(
          activity.key(), person, activity.type(), activity.at(), activity.subject(), activity.text(),
          activity.evidence().toString()));
    } catch (DuplicateKeyException noted) {
      // Once is enough.
    }
  }

  @Override
  public Optional<String> erase(String ours) {
    var person = query(where("ours").is(id(Kind.PERSON, ours)));
    var kept = mongo.findOne(person, Kept.class);
    if (kept == null) return Optional.empty();
    mongo.remove(query(where("person").is(kept.id())), Done.class);
    mongo.remove(person, Kept.class);
    return Optional.of("erased for good");
  }

  /** Owners are called by their names. */
  @Override
  public Optional<String> nameOf(String owner) {
    return Optional.of(owner);
  }

  /** Gives a person to a colleague. @param owner null for nobody */
  void own(String person, String owner) {
    mongo.updateFirst(query(where("_id").is(person)), new Update().set("owner", owner), Kept.class);
  }

  /** People, those written last at the beginning. */
  List<Entry> people(int limit) {
    return mongo.find(
            query(where("kind").is(Kind.PERSON)).with(Sort.by(Sort.Direction.DESC, "at")).limit(limit), Kept.class)
        .stream().map(BuiltInCrm::entry).toList();
  }

  Stream<Activity> activities(String person) {
    return mongo.find(query(where("person").is(person)).with(Sort.by("at")), Done.class).stream()
        .map(done -> new Activity(
            done.id(), done.type(), done.at(), done.subject(), done.text(), URI.create(done.evidence())));
  }

  private Optional<Kept> natural(Kind kind, String natural) {
    return Optional.ofNullable(mongo.findOne(
        query(where("natural").is(natural.toLowerCase(Locale.ROOT)).and("kind").is(kind)), Kept.class));
  }

  private static Entry entry(Kept kept) {
    var values = new EnumMap<Field, String>(Field.class);
    kept.values().forEach((field, value) -> values.put(Field.valueOf(field), value));
    return new Entry(kept.id(), values, kept.owner());
  }

  private static String id(Kind kind, String ours) {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + ours;
  }

  private static Optional<File> recorded(String domain) {
    return Recorded.of(domain, Records.class).map(Records::crm);
  }

  private record Records(File crm) {}

  private record File(Account account, List<Contact> contacts, List<Opportunity> opportunities, List<Note> notes) {
    private File {
      contacts = contacts == null ? List.of() : contacts;
      opportunities = opportunities == null ? List.of() : opportunities;
      notes = notes == null ? List.of() : notes;
    }
  }
}
