package dev.leadline.contact;

import dev.leadline.lead.EmailAddress;
import dev.leadline.research.Rules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells mailboxes apart by rules/mailboxes.yaml and rules/disposable-domains.txt. */
@Component
public class Mailboxes {

  private final Set<String> roles;
  private final Set<String> services;
  private final Set<String> disposable = lines("/rules/disposable-domains.txt");

  Mailboxes() {
    var file = Rules.read("mailboxes", File.class);
    roles = Set.copyOf(file.roles());
    services = Set.copyOf(file.services());
  }

  private record File(List<String> roles, List<String> services) {}

  public MailboxKind kindOf(EmailAddress address) {
    String local = address.normal().substring(0, address.normal().lastIndexOf('@'));
    String domain = domainOf(address);
    if (withParents(domain).anyMatch(disposable::contains)) return MailboxKind.DISPOSABLE;
    if (services.contains(domain)) return MailboxKind.PRIVATE;
    return roles.contains(local.replaceAll("[._-]", "")) ? MailboxKind.ROLE : MailboxKind.PERSONAL;
  }

  /** In ASCII and lower case. */
  public static String domainOf(EmailAddress address) {
    return address.normal().substring(address.normal().lastIndexOf('@') + 1);
  }

  /** mail.acme.com, acme.com. */
  private static Stream<String> withParents(String domain) {
    return Stream.iterate(domain, name -> name.contains("."), name -> name.substring(name.indexOf('.') + 1));
  }

  private static Set<String> lines(String resource) {
    try (var file = new BufferedReader(
        new InputStreamReader(Mailboxes.class.getResourceAsStream(resource), StandardCharsets.US_ASCII))) {
      return file.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
