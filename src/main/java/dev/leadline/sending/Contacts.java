package dev.leadline.sending;

import dev.leadline.sending.Limits.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;

/** Who was given mail lately, by person and by company: the memory behind the limits of the table send-policy. */
@Component
public class Contacts {

  private static final Duration REMEMBERED = Duration.ofDays(100);
  private static final int MOST = 200;
  private static final int TRIES = 20;

  private final MongoOperations mongo;
  private final Clock clock;

  Contacts(MongoOperations mongo, Clock clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  /**
   * One person or company.
   *
   * @param id person/address or company/domain
   * @param mails oldest first
   */
  @Document("contacts")
  record Contact(@Id String id, @Version Long version, List<Mail> mails) {}

  /**
   * A mail that had its turn.
   *
   * @param touch id of the touch: lead/campaign/number
   */
  record Mail(String touch, String address, Instant at) {

    String campaign() {
      return touch.substring(0, touch.lastIndexOf('/'));
    }
  }

  static String person(String address) {
    return "person/" + address;
  }

  static String company(String domain) {
    return "company/" + domain;
  }

  /**
   * Id of the lead at a company who was mailed last.
   *
   * @param domain of the company
   */
  public Optional<String> lastAt(String domain) {
    var mails = mails(company(domain));
    return mails.isEmpty() ? Optional.empty() : Optional.of(mails.getLast().touch().split("/")[0]);
  }

  /** Oldest first. */
  List<Mail> mails(String id) {
    return Optional.ofNullable(mongo.findById(id, Contact.class)).map(Contact::mails).orElse(List.of());
  }

  /**
   * Notes a mail, unless it must wait; of two at the same time, the second sees the first.
   *
   * @param limit says what a mail must wait for beside these
   * @return what it must wait for; empty when it is noted
   */
  Optional<Wait> note(String id, Mail mail, Function<List<Mail>, Optional<Wait>> limit) {
    var wait = new Wait[1];
    change(id, mails -> {
      wait[0] = limit.apply(mails).orElse(null);
      if (wait[0] != null) return mails;
      var more = new ArrayList<>(without(mails, mail.touch()));
      more.add(mail);
      return more;
    });
    return Optional.ofNullable(wait[0]);
  }

  /** It did not get its turn after all. */
  void forget(String id, String touch) {
    change(id, mails -> without(mails, touch));
  }

  private void change(String id, UnaryOperator<List<Mail>> change) {
    for (int attempt = 1; ; attempt++) {
      var now = Optional.ofNullable(mongo.findById(id, Contact.class)).orElseGet(() -> new Contact(id, null, List.of()));
      var changed = change.apply(now.mails());
      if (changed.equals(now.mails())) return;
      try {
        mongo.save(new Contact(id, now.version(), recent(changed)));
        return;
      } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
        if (attempt == TRIES) throw faster;
      }
    }
  }

  private List<Mail> recent(List<Mail> mails) {
    Instant since = clock.instant().minus(REMEMBERED);
    return mails.stream()
        .filter(mail -> mail.at().isAfter(since))
        .sorted(Comparator.comparing(Mail::at))
        .skip(Math.max(0, mails.size() - MOST))
        .toList();
  }

  private static List<Mail> without(List<Mail> mails, String touch) {
    return mails.stream().filter(mail -> !mail.touch().equals(touch)).toList();
  }
}
