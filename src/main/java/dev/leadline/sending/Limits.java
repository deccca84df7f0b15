package dev.leadline.sending;

import static java.util.stream.Collectors.toMap;

import dev.leadline.sending.Contacts.Mail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** How long a mail must wait because of what the same person, or others of their company, got before. */
record Limits(SendPolicy policy, String touch, String address) {

  /** What must be waited for, in words, and until when. */
  record Wait(Instant until, String because) {}

  /** @param mails to this person, oldest first */
  Optional<Wait> person(List<Mail> mails, Instant now) {
    var others = mails.stream().filter(mail -> !mail.touch().equals(touch)).toList();
    if (others.isEmpty()) return Optional.empty();
    return Stream.of(between(others), quiet(others), most(others, now))
        .flatMap(Optional::stream)
        .filter(wait -> wait.until().isAfter(now))
        .reduce(BinaryOperator.maxBy((one, other) -> one.until().compareTo(other.until())));
  }

  /** @param mails to people of this company, oldest first */
  Optional<Wait> company(List<Mail> mails, Instant now) {
    if (policy.mostPerCompany() == null) return Optional.empty();
    Instant since = now.minus(policy.companyPeriod());
    var last = mails.stream()
        .filter(mail -> mail.at().isAfter(since) && !mail.address().equals(address))
        .collect(toMap(Mail::address, Mail::at, (one, later) -> later))
        .values().stream().sorted().toList();
    if (last.size() < policy.mostPerCompany()) return Optional.empty();
    return Optional.of(new Wait(
        last.get(last.size() - policy.mostPerCompany()).plus(policy.companyPeriod()),
        "%d others of their company are being written to".formatted(last.size())));
  }

  private Optional<Wait> between(List<Mail> others) {
    return Optional.ofNullable(policy.between()).map(days ->
        new Wait(others.getLast().at().plus(days), "They got a mail from us a short while ago"));
  }

  /** One campaign to a person at a time: another one begins when this one has been silent for long enough. */
  private Optional<Wait> quiet(List<Mail> others) {
    if (policy.quiet() == null) return Optional.empty();
    String campaign = touch.substring(0, touch.lastIndexOf('/'));
    boolean begun = others.stream().anyMatch(mail -> mail.campaign().equals(campaign));
    return begun
        ? Optional.empty()
        : Optional.of(new Wait(others.getLast().at().plus(policy.quiet()), "Another campaign writes to them"));
  }

  private Optional<Wait> most(List<Mail> others, Instant now) {
    if (policy.mostPerPerson() == null) return Optional.empty();
    Instant since = now.minus(policy.personPeriod());
    var recent = others.stream().filter(mail -> mail.at().isAfter(since)).toList();
    if (recent.size() < policy.mostPerPerson()) return Optional.empty();
    return Optional.of(new Wait(
        recent.get(recent.size() - policy.mostPerPerson()).at().plus(policy.personPeriod()),
        "They got %d mails from us lately".formatted(recent.size())));
  }
}
