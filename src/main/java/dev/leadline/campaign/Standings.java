package dev.leadline.campaign;

import dev.leadline.campaign.Standing.Address;
import dev.leadline.campaign.Standing.Relation;
import dev.leadline.contact.Mailboxes;
import dev.leadline.crm.Crm;
import dev.leadline.lead.Company;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppressed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out how people stand to us: by suppressions, leads, the CRM and the list of excluded companies. */
@Component
class Standings {

  private static final String CUSTOMER = "customer";

  private final Suppressed suppressed;
  private final Leads leads;
  private final Exclusions exclusions;
  private final Crm crm;
  private final Mailboxes mailboxes;

  Standings(Suppressed suppressed, Leads leads, Exclusions exclusions, Crm crm, Mailboxes mailboxes) {
    this.suppressed = suppressed;
    this.leads = leads;
    this.exclusions = exclusions;
    this.crm = crm;
    this.mailboxes = mailboxes;
  }

  /** @throws dev.leadline.provider.Unavailable when the CRM cannot be asked now: nobody is let in without it */
  List<Standing> of(List<Prospect> prospects) {
    var companies = new HashMap<String, Relation>();
    return prospects.stream().map(prospect -> of(prospect, companies)).toList();
  }

  private Standing of(Prospect prospect, Map<String, Relation> companies) {
    var email = Optional.ofNullable(prospect.email()).flatMap(EmailAddress::of);
    if (email.isEmpty()) return new Standing(prospect.id(), Address.NONE, null, Relation.NONE);
    return new Standing(
        prospect.id(), prospect.verified() ? Address.VERIFIED : Address.UNVERIFIED, mailboxes.kindOf(email.get()),
        relation(prospect, email.get(), companies));
  }

  private Relation relation(Prospect prospect, EmailAddress email, Map<String, Relation> companies) {
    if (suppressed.person(email.normal(), prospect.company(), prospect.website()).isPresent()) return Relation.SUPPRESSED;
    if (leads.findByAddress(email.normal()).isPresent()) return Relation.KNOWN;
    if (crm.contact(email.given()).filter(contact -> CUSTOMER.equalsIgnoreCase(contact.stage())).isPresent())
      return Relation.CUSTOMER;
    var domains = new ArrayList<String>();
    domains.add(Mailboxes.domainOf(email));
    Company.domain(prospect.website()).filter(domain -> !domains.contains(domain)).ifPresent(domains::add);
    return domains.stream()
        .map(domain -> companies.computeIfAbsent(domain, this::relationOfCompany))
        .min(Comparator.naturalOrder()).orElse(Relation.NONE);
  }

  private Relation relationOfCompany(String domain) {
    boolean selling = crm.account(domain)
        .filter(account -> !crm.openOpportunities(account.id()).isEmpty()).isPresent();
    Relation listed = exclusions.findByDomainIn(withParents(domain)).stream()
        .map(exclusion -> Relation.valueOf(exclusion.kind().name()))
        .min(Comparator.naturalOrder()).orElse(Relation.NONE);
    return selling && listed.compareTo(Relation.OPPORTUNITY) > 0 ? Relation.OPPORTUNITY : listed;
  }

  /** mail.acme.com, acme.com. */
  private static List<String> withParents(String domain) {
    var names = new ArrayList<String>();
    for (String name = domain; name.contains("."); name = name.substring(name.indexOf('.') + 1)) names.add(name);
    return names;
  }
}
