package dev.leadline.mail;

import dev.leadline.web.NotHere;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Lets whoever tries Leadline out answer a mail as the one who got it: a real mail to the embedded server, as a mail
 * program would write it.
 */
@Controller
@ConditionalOnProperty("leadline.embedded.mail.running")
class AnswerAsRecipient {

  private static final int LONGEST = 20_000;

  private final Mailbox mailbox;
  private final JavaMailSender server;

  AnswerAsRecipient(Mailbox mailbox, JavaMailSender server) {
    this.mailbox = mailbox;
    this.server = server;
  }

  @PostMapping("/mailbox/{uid}/answers")
  String answer(
      @PathVariable long uid,
      @RequestParam String text,
      @RequestParam(defaultValue = "false") boolean automatic,
      RedirectAttributes after) {
    if (text.isBlank()) {
      after.addFlashAttribute("problem", "Write what they answer first.");
      return "redirect:/mailbox/" + uid;
    }
    MimeMessage answer = mailbox.read(folder -> {
      var mail = (MimeMessage) ((UIDFolder) folder).getMessageByUID(uid);
      if (mail == null) throw new NotHere("This mail is not in the mailbox.");
      return answer(mail, text.substring(0, Math.min(LONGEST, text.length())), automatic);
    });
    server.send(answer);
    after.addFlashAttribute("said", "The answer is on its way to us.");
    return "redirect:/mailbox/" + uid;
  }

  private MimeMessage answer(MimeMessage mail, String text, boolean automatic) throws MessagingException {
    var answer = server.createMimeMessage();
    var from = mail.getRecipients(Message.RecipientType.TO);
    if (from == null || from.length == 0) throw new NotHere("This mail has no recipient who could answer.");
    answer.setFrom(from[0]);
    answer.setRecipients(Message.RecipientType.TO, mail.getReplyTo());
    String subject = mail.getSubject() == null ? "" : mail.getSubject();
    answer.setSubject(subject.matches("(?i)re:.*") ? subject : "Re: " + subject, "UTF-8");
    String id = mail.getMessageID();
    if (id != null) {
      answer.setHeader("In-Reply-To", id);
      answer.setHeader("References", id);
    }
    if (automatic) answer.setHeader("Auto-Submitted", "auto-replied");
    answer.setText(text + "\n\n-----Original Message-----\nSubject: " + subject + "\n", "UTF-8");
    return answer;
  }
}
