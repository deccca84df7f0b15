package dev.leadline.reading;

/** Where received messages are kept. */
public interface Inbound {

  /** The message a journey refers to; it exists. */
  Received get(String messageId);
}
