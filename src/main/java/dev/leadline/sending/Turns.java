package dev.leadline.sending;

import dev.leadline.sending.Contacts.Mail;
import dev.leadline.sending.Limits.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;
import org.springframework.stereotype.Component;

/** Looks at everything that decides whether a mail may go now: the tables, holds, and what people got before. */
@Component
class Turns {

  private static final Duration LOOK_AGAIN = Duration.ofDays(1);

  private final Policies policies;
  private final Holds holds;
  private final Contacts contacts;
  private final PublicHolidays holidays;
  private final Clock clock;

  Turns(
      Policies policies, Holds holds, Contacts contacts, PublicHolidays holidays, Clock clock) {
    this.policies = policies;
    this.holds = holds;
    this.contacts = contacts;
    this.holidays = holidays;
    this.clock = clock;
  }

  /**
   * @param mailbox id of ours that would write
   * @param deferral that its last turn was in vain, or null
   */
  Turn look(String touch, Kind kind, Recipient recipient, String mailbox, Deferral deferral) {
    var contact = policies.contact(kind, recipient);
    if (!contact.allowed()) return new Turn.Never(contact.because());
    var policy = policies.send(kind, recipient);
    Instant now = clock.instant();

    Wait wait = new Wait(now, null);
    for (Hold hold : holds.on(recipient.leadId(), kind == Kind.REPLY ? null : recipient.company(), mailbox)) {
      if (hold.who().equals(Hold.EVERYBODY)) return new Turn.Stopped(hold, policy);
      wait = later(wait, Optional.of(new Wait(end(hold, now), hold.because())));
    }
    if (deferral != null) wait = later(wait, Optional.of(new Wait(deferral.until(), deferral.because())));
    var limits = new Limits(policy, touch, recipient.address());
    if (policy.limitsPeople()) {
      wait = later(wait, limits.person(contacts.mails(Contacts.person(recipient.address())), now));
    }
    if (policy.mostPerCompany() != null && recipient.company() != null) {
      wait = later(wait, limits.company(contacts.mails(Contacts.company(recipient.company())), now));
    }
    var opening = policy.window().at(wait.until(), recipient.zone(), date -> holidays.on(date, recipient.country()));
    if (opening.from().isAfter(wait.until())) {
      String because = wait.because() == null ? closed(policy, recipient, now) : wait.because();
      return new Turn.Later(opening.from().plus(spread(touch, policy, opening)), because, policy);
    }
    return wait.until().isAfter(now)
        ? new Turn.Later(wait.until(), wait.because(), policy)
        : new Turn.Now(opening.to(), policy, MustSay.of(contact, recipient));
  }

  /** Of a hold that somebody has to end nobody knows when: it is looked at again on the next day, or when it ends. */
  private static Instant end(Hold hold, Instant now) {
    return hold.until() == null ? now.plus(LOOK_AGAIN) : hold.until();
  }

  /**
   * Notes for the limits that this mail has its turn.
   *
   * @return what it must wait for instead, because another mail was faster
   */
  Optional<Wait> note(String touch, Recipient recipient, SendPolicy policy) {
    var limits = new Limits(policy, touch, recipient.address());
    var mail = new Mail(touch, recipient.address(), clock.instant());
    var person = contacts.note(Contacts.person(recipient.address()), mail, mails -> limits.person(mails, mail.at()));
    if (person.isPresent() || recipient.company() == null) return person;
    var company = contacts.note(Contacts.company(recipient.company()), mail, mails -> limits.company(mails, mail.at()));
    if (company.isPresent()) contacts.forget(Contacts.person(recipient.address()), touch);
    return company;
  }

  /** It did not get its turn after all. */
  void forget(String touch, Recipient recipient) {
    contacts.forget(Contacts.person(recipient.address()), touch);
    if (recipient.company() != null) contacts.forget(Contacts.company(recipient.company()), touch);
  }

  private String closed(SendPolicy policy, Recipient recipient, Instant now) {
    var date = LocalDate.ofInstant(now, recipient.zone());
    return !policy.holidays() && holidays.on(date, recipient.country())
        ? "It is a public holiday where they are"
        : "Outside of their hours: %s, %s".formatted(policy.hours(), recipient.zone());
  }

  /** By the touch's id, so that however often it is looked at, it does not wander. */
  private static Duration spread(String touch, SendPolicy policy, Window.Opening opening) {
    long most = Math.min(policy.jitter().toMillis(), Duration.between(opening.from(), opening.to()).toMillis() / 2);
    return most <= 0 ? Duration.ZERO : Duration.ofMillis(new SplittableRandom(touch.hashCode()).nextLong(most));
  }

  private static Wait later(Wait one, Optional<Wait> other) {
    return other.filter(wait -> wait.until().isAfter(one.until())).orElse(one);
  }
}
