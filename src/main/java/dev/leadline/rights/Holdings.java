package dev.leadline.rights;

import dev.leadline.enrichment.About;
import dev.leadline.lead.Lead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.gridfs.GridFsOperations;
import org.springframework.stereotype.Component;

/**
 * Where we hold what is about one person, and what of it there is.
 *
 * <p>Knows collections by their names, because a copy or an erasure has to reach all of them alike. A test compares the
 * names with every document of the application, so none is forgotten.
 */
@Component
class Holdings {

  /** Where documents of a person are found: by a field that holds something of the lead. */
  private record Place(String collection, String field, Function<Person, Object> value) {

    Query query(Person person) {
      return Query.query(Criteria.where(field).is(value.apply(person)));
    }
  }

  /** @param address in normal form; null when the lead is gone already */
  private record Person(String id, String address) {}

  private static final String ID = "_id";
  private static final String LEAD = "leadId";

  /** The lead comes last: what is left of an erasure that broke off can be found as long as it is there. */
  private static final List<Place> PLACES = new ArrayList<>();

  /** Nothing in them is about a person we would sell to; or, as with suppressions, it must stay and is a hash by then. */
  static final Set<String> NOBODYS = Set.of(
      "suppressions", "erasures", "deployments", "imports", "agent_configurations", "agent_figures", "hosts", "diaries",
      "inbox_positions", "campaigns", "executions", "execution_logs", "exclusions", "webhook_subscriptions",
      "webhook_events", "mailbox_rests", "mailboxes", "panic_switch");

  static {
    byLead(
        "intakes", "import_rows", "plans", "hand_touches", "drafts", "approvals", "touches", "readings", "transcripts",
        "agent_runs", "returned_mails", "messages", "understood_replies", "bounces", "meetings", "crm_changes", "crm_outbox",
        "webhook_deliveries", "outbox", "prospects", "timeline");
    byId(
        "intakes", "import_rows", "dossiers", "assessments", "growth", "briefs", "consents", "answers", "attributions",
        "crm_links", "holds", "enrichment_spending");
    byCrmId("crm_records", "ours");
    byCrmId("crm_activities", "person");
    byAddress("enrichment_cache", ID, About::idsOfPerson);
    byAddress("prospects", "email", address -> address);
    // What never became a lead, and mail that is nobody's.
    byAddress("intakes", "address", address -> address);
    byAddress("import_rows", "address", address -> address);
    byAddress("messages", "letter.from", address -> address);
    byAddress("contacts", ID, address -> "person/" + address);
    // The id of a meeting begins with the lead's, and its event has the meeting's.
    PLACES.add(new Place("calendar_events", ID, person -> Pattern.compile("^" + Pattern.quote(person.id()) + "-")));
    byId("leads");
  }

  /** Files that stand behind documents: field of the document that names one. */
  private static final Map<String, String> FILES = Map.of("messages", "raw");

  private final MongoOperations mongo;
  private final GridFsOperations files;

  Holdings(MongoOperations mongo, GridFsOperations files) {
    this.mongo = mongo;
    this.files = files;
  }

  private static void byLead(String... collections) {
    for (String collection : collections) PLACES.add(new Place(collection, LEAD, Person::id));
  }

  private static void byId(String... collections) {
    for (String collection : collections) PLACES.add(new Place(collection, ID, Person::id));
  }

  /** In the CRM of our own; what is in somebody else's is erased there, as the relay asks it to. */
  private static void byCrmId(String collection, String field) {
    PLACES.add(new Place(collection, field, person -> "person-" + person.id()));
  }

  /** Of somebody whose address is not known any more it finds nothing, which is what is left of them there. */
  private static void byAddress(String collection, String field, Function<String, Object> value) {
    PLACES.add(new Place(collection, field, person -> person.address() == null ? null : value.apply(person.address())));
  }

  static Set<String> collections() {
    return PLACES.stream().map(Place::collection).collect(Collectors.toSet());
  }

  /** Everything there is, by collection; a file is told by its id. */
  Map<String, List<Document>> of(Lead lead) {
    var person = new Person(lead.id(), lead.address());
    var found = new LinkedHashMap<String, List<Document>>();
    for (Place place : PLACES) {
      var known = found.computeIfAbsent(place.collection(), name -> new ArrayList<>());
      mongo.find(place.query(person), Document.class, place.collection()).stream()
          .filter(document -> !known.contains(document)).forEach(known::add);
    }
    found.values().removeIf(List::isEmpty);
    return found;
  }

  /**
   * Deletes everything; doing it again is no harm.
   *
   * @return how many documents, by collection
   */
  Map<String, Long> erase(Lead lead) {
    return erase(new Person(lead.id(), lead.address()));
  }

  /** What was written about a lead after they were erased. */
  Map<String, Long> eraseRest(String leadId) {
    return erase(new Person(leadId, null));
  }

  private Map<String, Long> erase(Person person) {
    FILES.forEach((collection, field) -> in(collection, person).map(document -> document.getString(field)).forEach(this::eraseFile));
    // A file with many people goes as a whole: what became of the others is in its rows and leads.
    in("import_rows", person).map(row -> row.getString("importId")).distinct()
        .map(id -> mongo.findById(id, Document.class, "imports"))
        .filter(file -> file != null && !"RUNNING".equals(file.getString("state")))
        .map(file -> file.getString("fileId"))
        .forEach(this::eraseFile);
    var gone = new TreeMap<String, Long>();
    forgetContact(person.id());
    for (Place place : PLACES) {
      long deleted = mongo.remove(place.query(person), place.collection()).getDeletedCount();
      if (deleted > 0) gone.merge(place.collection(), deleted, Long::sum);
    }
    return gone;
  }

  /**
   * What was mailed to a company stays remembered, but not that it went to them. Found by the lead, which begins the id
   * of every touch, because a mail that was under way is noted when their address is not known any more.
   */
  private void forgetContact(String leadId) {
    var theirs = Pattern.compile("^" + Pattern.quote(leadId) + "/");
    mongo.remove(Query.query(Criteria.where(ID).regex("^person/").and("mails.touch").regex(theirs)), "contacts");
    mongo.updateMulti(
        Query.query(Criteria.where("mails.touch").regex(theirs)),
        new Update().pull("mails", Query.query(Criteria.where("touch").regex(theirs))), "contacts");
  }

  private Stream<Document> in(String collection, Person person) {
    return PLACES.stream().filter(place -> place.collection().equals(collection))
        .flatMap(place -> mongo.find(place.query(person), Document.class, collection).stream());
  }

  private void eraseFile(String id) {
    if (id != null) files.delete(Query.query(Criteria.where(ID).is(id)));
  }
}
