package dev.leadline.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.LeadlineTest;
import dev.leadline.campaign.DiscoverProspects.Batch;
import dev.leadline.campaign.DiscoverProspects.Input;
import dev.leadline.campaign.Standing.Address;
import dev.leadline.campaign.Standing.Relation;
import dev.leadline.contact.MailboxKind;
import dev.leadline.enrichment.ApolloProspectsServer;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;

/** Searching by the real adapter for Apollo, against a server that answers as Apollo does, with the real database. */
@LeadlineTest
class DiscoverProspectsTest {

  private final String domain = UUID.randomUUID() + ".test";
  private final ApolloProspectsServer apollo = new ApolloProspectsServer(
      12, id -> switch (id) {
        case "p8" -> "mailinator.com";
        case "p9" -> "gmail.com";
        default -> domain;
      });

  @Autowired Executions executions;
  @Autowired Campaigns campaigns;
  @Autowired Prospects prospects;
  @Autowired Standings standings;
  @Autowired ExecutionLog log;
  @Autowired CampaignSettings settings;
  @Autowired MongoOperations mongo;
  @Autowired Clock clock;

  private long jobKey = System.nanoTime();

  @BeforeEach
  void nobodyWasFoundBefore() {
    mongo.remove(query(where("source").is("apollo")), Prospect.class);
  }

  @AfterEach
  void stop() {
    apollo.close();
  }

  @Test
  void itGoesOnPageByPageAndSaysHowPeopleStandToUs() {
    var run = run(50, null);
    var first = discover(run, 5);
    assertThat(first.prospects()).hasSize(5).extracting(Standing::address)
        .containsExactlyInAnyOrder(Address.VERIFIED, Address.VERIFIED, Address.NONE, Address.VERIFIED, Address.UNVERIFIED);
    assertThat(discover(run, 5).prospects()).as("what nobody has judged is not searched again")
        .containsExactlyInAnyOrderElementsOf(first.prospects());
    assertThat(executions.get(run.id()).searched()).isNull();

    judge(first);
    judge(discover(run, 5));
    var last = discover(run, 5);
    assertThat(last.prospects()).hasSize(2);
    assertThat(executions.get(run.id()).searched()).isEqualTo("nobody else fits");
    assertThat(apollo.revealed()).as("one of them has no address").isEqualTo(11);
    judge(last);
    assertThat(discover(run, 5).prospects()).isEmpty();
    assertThat(executions.get(run.id()).money()).isEqualByComparingTo("1.00");
  }

  @Test
  void disposableAndPrivateAddressesAreToldApart() {
    var found = discover(run(50, null), 100).prospects();
    assertThat(found).extracting(Standing::mailbox).contains(MailboxKind.DISPOSABLE, MailboxKind.PRIVATE, MailboxKind.PERSONAL);
    assertThat(found).extracting(Standing::relation).containsOnly(Relation.NONE);
  }

  @Test
  void moreThanTheBudgetIsNeverSpent() {
    var run = run(50, new BigDecimal("0.35"));
    var found = discover(run, 10);

    assertThat(found.prospects()).hasSize(4);
    assertThat(apollo.revealed()).isEqualTo(3);
    assertThat(executions.get(run.id()).searched()).isEqualTo("the budget is used up");
    assertThat(executions.get(run.id()).money()).isEqualByComparingTo("0.30");
  }

  @Test
  void noMorePeopleAreLookedAtThanLeadsAreWanted() {
    var run = run(2, null);
    judge(discover(run, 10));
    assertThat(apollo.revealed()).isEqualTo(2);

    assertThat(discover(run, 10).prospects()).isEmpty();
    assertThat(executions.get(run.id()).searched()).isEqualTo("as many leads as wanted");
  }

  @Test
  void whoWasFoundBeforeIsNotPaidForAgain() {
    discover(run(50, null), 10);
    long before = apollo.revealed();

    assertThat(discover(run(50, null), 10).prospects()).hasSize(10);
    assertThat(apollo.revealed()).isEqualTo(before);
  }

  @Test
  void aUsedUpQuotaIsWaitedFor() {
    var run = run(50, null);
    apollo.server.then(402, "{\"error\": \"insufficient credits\"}");
    var search = step();

    var refused = search.handle(new Input(run.id(), 10), ++jobKey).batch();

    assertThat(refused.refusals()).isEqualTo(1);
    assertThat(Duration.parse(refused.after())).isEqualTo(Duration.ofHours(1));
    assertThat(refused.because()).isEqualTo("apollo has no credits left for us");
    assertThat(search.handle(new Input(run.id(), 10), ++jobKey).batch().refusals()).isEqualTo(2);
    assertThat(discover(run, 10).refusals()).as("asked again with success").isZero();
    assertThat(executions.get(run.id()).refusals()).isZero();
  }

  @Test
  void aPausedRunFindsNobody() {
    var run = run(50, null);
    executions.say(run.id(), Execution.Word.PAUSED, null);
    assertThat(discover(run, 10).prospects()).isEmpty();
    assertThat(apollo.server.asked).isEmpty();
  }

  private Execution run(int most, BigDecimal budget) {
    var wanted = new Definition("Apollo", List.of("Operations Manager"), null, null, List.of(), most, budget);
    var campaign = campaigns.make(wanted, "Robin", Request.NAMELESS).campaign();
    return executions.make(campaign, "Robin", Request.NAMELESS).orElseThrow().execution();
  }

  private DiscoverProspects step() {
    return new DiscoverProspects(executions, prospects, apollo.search(), standings, log, settings, clock);
  }

  private Batch discover(Execution run, int size) {
    return step().handle(new Input(run.id(), size), ++jobKey).batch();
  }

  /** As if the table had let everybody in. */
  private void judge(Batch batch) {
    for (Standing one : batch.prospects())
      prospects.save(prospects.findById(one.id()).orElseThrow().judged(Prospect.State.REGISTERED, null, one.id()));
  }
}
