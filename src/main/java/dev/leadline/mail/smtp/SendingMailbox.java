package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Order;

/**
 * A mailbox that mail goes out from.
 *
 * @param id its short name in the settings
 * @param real whether what it sends leaves for people; else the embedded server keeps it
 */
public record SendingMailbox(String id, String name, String email, Order.TokenIn tokenIn, boolean real) {

  public Order.From from() {
    return new Order.From(name, email, tokenIn);
  }
}
