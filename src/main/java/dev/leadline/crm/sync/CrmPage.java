package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.NotHere;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What is written into the CRM, what waits and why, and what was given up until a person sends it again. */
@Controller
class CrmPage {

  private static final int SHOWN = 50;
  private static final int MAX_PAGE = 10_000;

  private final CrmRecords crm;
  private final CrmSettings settings;
  private final Relay relay;
  private final CrmApi api;
  private final Leads leads;

  CrmPage(CrmRecords crm, CrmSettings settings, @Qualifier("crmRelay") Relay relay, CrmApi api, Leads leads) {
    this.crm = crm;
    this.settings = settings;
    this.relay = relay;
    this.api = api;
    this.leads = leads;
  }

  /** One line of the page. */
  record Line(
      String id, String leadId, String lead, String what, State state, int attempts, Instant at, Instant due,
      String because) {

    static Line of(Parcel parcel, Map<String, String> names) {
      return new Line(
          parcel.id(), parcel.leadId(), names.getOrDefault(parcel.leadId(), "a lead that is gone"),
          switch (parcel.what()) {
            case CrmWriter.PERSON -> "Contact";
            case CrmWriter.ERASURE -> "Erasure";
            default -> "Touch";
          }, parcel.state(), parcel.attempts(),
          parcel.at(), parcel.due(), parcel.because());
    }
  }

  @GetMapping("/crm")
  String page(
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part,
      Model model) {
    State state = Stream.of(State.values()).filter(known -> known.name().equalsIgnoreCase(show)).findFirst().orElse(null);
    int shown = Math.clamp(page, 0, MAX_PAGE);
    var parcels = relay.list(state, shown, SHOWN + 1);
    var ids = parcels.stream().map(Parcel::leadId).filter(Objects::nonNull).collect(Collectors.toSet());
    var names = leads.findByIdIn(ids).stream().collect(Collectors.toMap(Lead::id, Lead::name));
    model.addAttribute("crm", crm.label());
    model.addAttribute("dryRun", settings.dryRun());
    model.addAttribute("show", state == null ? "" : state.name().toLowerCase(Locale.ROOT));
    model.addAttribute("page", shown);
    model.addAttribute("more", parcels.size() > SHOWN);
    model.addAttribute("lines", parcels.stream().limit(SHOWN).map(parcel -> Line.of(parcel, names)).toList());
    model.addAttribute("waiting", relay.count(State.PENDING));
    model.addAttribute("dead", relay.count(State.DEAD));
    model.addAttribute("shows", List.of("", "pending", "done", "dead"));
    return part.equals("writes") ? "crm :: writes" : "crm";
  }

  @PostMapping("/crm/replays")
  String replay(@RequestParam(required = false) String id) {
    try {
      api.replay(Optional.ofNullable(id).filter(given -> !given.isBlank()));
    } catch (InvalidInput gone) {
      throw new NotHere("This is no dead letter any more; somebody may have sent it again.");
    }
    return "redirect:/crm?show=" + (relay.count(State.DEAD) > 0 ? "dead" : "");
  }
}
