package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Order;
import java.time.LocalDate;

/**
 * A mailbox that mail goes out from.
 *
 * @param id its short name in the settings
 * @param since first day it was used, when that was before Leadline; else null
 * @param real whether what it sends leaves for people; else the embedded server keeps it
 */
public record SendingMailbox(String id, String name, String email, Order.TokenIn tokenIn, LocalDate since, boolean real) {

  public Order.From from() {
    return new Order.From(name, email, tokenIn);
  }
}
