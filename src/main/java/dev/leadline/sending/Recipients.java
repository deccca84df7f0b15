package dev.leadline.sending;

import dev.leadline.contact.MailboxKind;
import dev.leadline.contact.Mailboxes;
import dev.leadline.intake.Arrivals;
import dev.leadline.intake.Channel;
import dev.leadline.intake.Consents;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Company;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Lead;
import dev.leadline.plan.Origins;
import dev.leadline.research.Dossiers;
import dev.leadline.sending.Places.Place;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says of a lead what counts when they are to be mailed: where they are, and how we know them. */
@Component
public class Recipients {

  private static final String LIST = "list";

  private final Dossiers dossiers;
  private final Arrivals arrivals;
  private final Attributions attributions;
  private final Consents consents;
  private final Origins origins;
  private final Mailboxes mailboxes;
  private final Places places;
  private final SendingSettings settings;

  Recipients(
      Dossiers dossiers, Arrivals arrivals, Attributions attributions, Consents consents, Origins origins, Mailboxes mailboxes,
      Places places, SendingSettings settings) {
    this.dossiers = dossiers;
    this.arrivals = arrivals;
    this.attributions = attributions;
    this.consents = consents;
    this.origins = origins;
    this.mailboxes = mailboxes;
    this.places = places;
    this.settings = settings;
  }

  public Recipient of(Lead lead) {
    String domain = domain(lead.address());
    boolean theirCompanys = EmailAddress.of(lead.address())
        .map(address -> mailboxes.kindOf(address) != MailboxKind.PRIVATE).orElse(true);
    var place = place(lead, theirCompanys ? domain : null);
    return new Recipient(
        lead.id(), lead.address(), theirCompanys ? domain : null, place.map(Place::country).orElse(null),
        place.map(Place::zone).orElse(settings.zone()), consent(lead),
        lead.tier() == null ? null : lead.tier().name(), source(lead));
  }

  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private Optional<Place> place(Lead lead, String domain) {
    return dossiers.findById(lead.id()).stream()
        .flatMap(dossier -> dossier.facts().stream())
        .filter(fact -> fact.kind().equals("location"))
        .flatMap(fact -> places.in(fact.quote()).stream())
        .findFirst()
        .or(() -> places.of(domain))
        .or(() -> Company.domain(lead.website()).flatMap(places::of));
  }

  private String source(Lead lead) {
    return attributions.findById(lead.id()).map(Attribution::source).orElse(lead.leadSource());
  }

  /** Whoever came by the form or a program asked something, unless the lead source says that it was a list. */
  private String consent(Lead lead) {
    boolean asked = !origins.of(lead.leadSource()).is().equals(LIST)
        && arrivals.of(lead.id()).filter(Channel::asked).isPresent();
    if (asked) return "asked";
    return consents.existsById(lead.id()) ? "opt-in" : LIST;
  }
}
