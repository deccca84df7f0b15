package dev.leadline.sending;

import dev.leadline.agent.Answer;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.TestApprovals;
import dev.leadline.intake.TestArrivals;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bson.types.ObjectId;
import org.springframework.context.ApplicationContext;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Many approved mails to many people in a running application, each on its drawn way from ask-to-send on. */
public final class ManyMails {

  private final String domain = "many-" + UUID.randomUUID() + ".example";
  private final MongoOperations mongo;
  private final Leads leads;
  private final Drafts drafts;
  private final Approvals approvals;
  private final CamundaClient camunda;

  public ManyMails(ApplicationContext app) {
    mongo = app.getBean(MongoOperations.class);
    leads = app.getBean(Leads.class);
    drafts = app.getBean(Drafts.class);
    approvals = app.getBean(Approvals.class);
    camunda = app.getBean(CamundaClient.class);
  }

  /** Of these recipients and no others. */
  public String domain() {
    return domain;
  }

  /** @return the lead's id */
  public String prepare(int number, Campaign campaign) {
    String id = new ObjectId().toHexString();
    String email = "buyer" + number + "@" + number + "." + domain;
    var lead = leads.save(new Lead(
        id, null, email, email, "Jo Buyer", "Company " + number, null, "COO", "Website form", "", Lead.Start.STARTED,
        Lead.Stage.QUALIFYING, 70, Lead.Tier.B, "outreach", Instant.now(), null));
    TestArrivals.byForm(mongo, id);
    var draft = drafts.save(new Draft(
        Draft.id(id, campaign, 1), id, campaign, 1,
        List.of(new Email(1, "PT0S", "A word about hand-offs", "Hello Jo,\n\nshall we talk?\n\nAlex", List.of())), null,
        List.of(), Answer.Source.RULES, Instant.now()));
    TestApprovals.approve(approvals, lead, draft, "Robin", Actor.PERSON);
    return id;
  }

  /** From the touches on; what was drawn before them is done. */
  public void start(String leadId, Campaign campaign) {
    camunda.newCreateInstanceCommand().bpmnProcessId("outreach-sequence").latestVersion()
        .variables(Map.of(
            "leadId", leadId, "campaign", campaign.word(), "score", Map.of("points", 70, "tier", "B"),
            "draft", Map.of(
                "id", Draft.id(leadId, campaign, 1), "campaign", campaign.word(), "attempt", 1,
                "touches", List.of(Map.of("number", 1, "after", "PT0S", "channel", "email")))))
        .startBeforeElement("EachTouch").execute();
  }

  /** How many of all mails wait. */
  public long waiting() {
    return mongo.count(Query.query(Criteria.where("state").is("WAITING")), "outbox");
  }

  /** How many of all mails are out. */
  public long count() {
    return mongo.count(Query.query(Criteria.where("state").is("SENT")), "touches");
  }

  /** To whom those that are out went. */
  public Set<String> addressesOfSent() {
    return new HashSet<>(mongo.findDistinct(
        Query.query(Criteria.where("state").is("SENT")), "address", "touches", String.class));
  }

  /** When those that are out were taken by the mail server. */
  public List<Instant> sent() {
    var query = Query.query(Criteria.where("state").is("SENT").and("address").regex(domain.replace(".", "\\.") + "$"));
    query.fields().include("sentAt");
    return mongo.find(query, Sent.class, "touches").stream().map(Sent::sentAt).toList();
  }

  private record Sent(Instant sentAt) {}
}
