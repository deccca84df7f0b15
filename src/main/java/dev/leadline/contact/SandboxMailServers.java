package dev.leadline.contact;

import org.springframework.stereotype.Component;

/** The sandbox: every domain in .example takes mail, but for two that are there to show the other answers. */
@Component
class SandboxMailServers implements MailServers {

  @Override
  public Reception of(String domain) {
    return switch (domain) {
      case "takes-no-mail.example" -> Reception.TAKES_NONE;
      case "not-there.example" -> Reception.NOT_THERE;
      default -> Reception.TAKES_MAIL;
    };
  }
}
