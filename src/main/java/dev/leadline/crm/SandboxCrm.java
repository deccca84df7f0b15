package dev.leadline.crm;

import dev.leadline.provider.Recorded;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sandbox: the CRM records of some companies of the samples. The id of an account is its domain. */
class SandboxCrm implements Crm {

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Optional<Account> account(String domain) {
    return entry(domain).map(Entry::account).map(account -> new Account(
        domain, account.name(), domain, account.industry(), account.owner(), null));
  }

  @Override
  public Optional<Contact> contact(String email) {
    String address = email.toLowerCase(Locale.ROOT);
    return entry(address.substring(address.lastIndexOf('@') + 1)).stream()
        .flatMap(entry -> entry.contacts().stream())
        .filter(contact -> contact.email().equals(address))
        .findFirst();
  }

  @Override
  public List<Opportunity> openOpportunities(String accountId) {
    return entry(accountId).map(Entry::opportunities).orElse(List.of());
  }

  @Override
  public List<Note> notes(String accountId, int limit) {
    return entry(accountId).map(Entry::notes).orElse(List.of()).stream()
        .sorted(Comparator.comparing(Note::at).reversed()).limit(limit).toList();
  }

  private static Optional<Entry> entry(String domain) {
    return Recorded.of(domain, File.class).map(File::crm);
  }

  private record File(Entry crm) {}

  private record Entry(Account account, List<Contact> contacts, List<Opportunity> opportunities, List<Note> notes) {
    private Entry {
      contacts = contacts == null ? List.of() : contacts;
      opportunities = opportunities == null ? List.of() : opportunities;
      notes = notes == null ? List.of() : notes;
    }
  }
}
