package dev.leadline.mail;

import dev.leadline.web.NotHere;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** What went out, newest first, as long as the mail server is the embedded one and nobody really gets it. */
@Controller
@ConditionalOnProperty("leadline.embedded.mail.running")
class MailboxPage {

  private static final int MAX_QUERY = 200;
  private static final int MAX_PAGE = 10_000;

  private final SentMails mails;

  MailboxPage(SentMails mails) {
    this.mails = mails;
  }

  @GetMapping("/mailbox")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part,
      Model model) {
    String query = q.strip().substring(0, Math.min(MAX_QUERY, q.strip().length()));
    model.addAttribute("q", query);
    model.addAttribute("found", mails.find(query, Math.clamp(page, 0, MAX_PAGE)));
    return part.equals("mails") ? "mailbox :: mails" : "mailbox";
  }

  @GetMapping("/mailbox/{uid}")
  String one(@PathVariable long uid, Model model) {
    model.addAttribute("mail", mails.get(uid).orElseThrow(() -> new NotHere("This mail is not in the mailbox.")));
    return "mail";
  }
}
