package dev.leadline.webhook;

import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.timeline.Happenings;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.NotHere;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Who is told what, and how the calls to them stand. */
@Controller
class WebhookPage {

  private static final int SHOWN = 50;
  private static final int MAX_PAGE = 10_000;

  private final WebhookApi api;
  private final Subscribers subscribers;
  private final Relay relay;

  WebhookPage(WebhookApi api, Subscribers subscribers, @Qualifier("webhookRelay") Relay relay) {
    this.api = api;
    this.subscribers = subscribers;
    this.relay = relay;
  }

  @GetMapping("/webhooks")
  String page(
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part,
      Model model) {
    fill(show, page, model);
    return part.equals("deliveries") ? "webhooks :: deliveries" : "webhooks";
  }

  private void fill(String show, int page, Model model) {
    State state = Stream.of(State.values()).filter(known -> known.name().equalsIgnoreCase(show)).findFirst().orElse(null);
    int shown = Math.clamp(page, 0, MAX_PAGE);
    var all = subscribers.all();
    var parcels = relay.list(state, shown, SHOWN + 1);
    Map<String, URI> addresses = all.stream().collect(Collectors.toMap(Subscription::id, Subscription::url));
    model.addAttribute("subscriptions", all.stream().map(WebhookApi.View::of).toList());
    model.addAttribute("addresses", addresses);
    model.addAttribute("events", Happenings.events());
    model.addAttribute("shows", List.of("", "pending", "done", "dead"));
    model.addAttribute("show", state == null ? "" : state.name().toLowerCase(Locale.ROOT));
    model.addAttribute("page", shown);
    model.addAttribute("more", parcels.size() > SHOWN);
    model.addAttribute("lines", parcels.stream().limit(SHOWN).map(WebhookApi.Delivery::of).toList());
    model.addAttribute("dead", relay.count(State.DEAD));
  }

  /** Shows the secret, once, or what is wrong with the address. */
  @PostMapping("/webhooks/subscriptions")
  String subscribe(
      @RequestParam(defaultValue = "") String url,
      @RequestParam(required = false) List<String> events,
      Model model) {
    try {
      model.addAttribute("made", api.subscribe(new WebhookApi.Wish(url, events)));
    } catch (InvalidInput wrong) {
      model.addAttribute("wrong", wrong.getBody().getDetail());
      model.addAttribute("url", url);
    }
    fill("", 0, model);
    return "webhooks";
  }

  @PostMapping("/webhooks/subscriptions/{id}")
  String act(@PathVariable String id, @RequestParam String act) {
    subscribers.find(id).orElseThrow(() -> new NotHere("There is no such subscription."));
    switch (act) {
      case "on" -> api.change(id, new WebhookApi.Change(null, true));
      case "off" -> api.change(id, new WebhookApi.Change(null, false));
      case "test" -> api.test(id);
      case "remove" -> api.remove(id);
      default -> throw new NotHere("There is no such button.");
    }
    return "redirect:/webhooks";
  }

  @PostMapping("/webhooks/replays")
  String replay(@RequestParam(required = false) String id) {
    try {
      api.replay(Optional.ofNullable(id).filter(given -> !given.isBlank()));
    } catch (InvalidInput gone) {
      throw new NotHere("This call was not given up, or somebody made it again already.");
    }
    return "redirect:/webhooks";
  }
}
