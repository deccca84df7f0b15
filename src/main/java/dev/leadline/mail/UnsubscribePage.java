package dev.leadline.mail;

import dev.leadline.mail.message.UnsubscribeLinks;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where recipients stop further mail: by a button on a page, or by their mail program (RFC 8058), which posts.
 *
 * <p>Looking at the page changes nothing, because mail scanners look at every link.
 */
@Controller
class UnsubscribePage {

  private final UnsubscribeLinks links;
  private final Touches touches;
  private final Suppress suppress;
  private final SenderProfile sender;

  UnsubscribePage(UnsubscribeLinks links, Touches touches, Suppress suppress, SenderProfile sender) {
    this.links = links;
    this.touches = touches;
    this.suppress = suppress;
    this.sender = sender;
  }

  @GetMapping("/unsubscribe/{token}")
  ModelAndView ask(@PathVariable String token) {
    return page(touch(token).isPresent() ? "ask" : "unknown");
  }

  @PostMapping("/unsubscribe/{token}")
  ModelAndView unsubscribe(@PathVariable String token) {
    var touch = touch(token);
    touch.ifPresent(known -> suppress.address(known.address(), Reason.UNSUBSCRIBED, "link in a mail"));
    return page(touch.isPresent() ? "done" : "unknown");
  }

  private Optional<Touch> touch(String token) {
    return links.touchId(token).flatMap(touches::find);
  }

  private ModelAndView page(String state) {
    var page = new ModelAndView("unsubscribe");
    page.addObject("state", state);
    page.addObject("company", sender.company());
    if (state.equals("unknown")) page.setStatus(HttpStatus.NOT_FOUND);
    return page;
  }
}
