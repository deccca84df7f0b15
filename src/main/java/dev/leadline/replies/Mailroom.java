package dev.leadline.replies;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Where a mail is stored before anybody reads it, and handled until nothing is left to do.
 *
 * <p>What is stored and not handled (a crash, an engine that is away) is taken up again at the start and every minute;
 * handling a mail again changes nothing.
 */
@Component
class Mailroom {

  private static final Logger log = LoggerFactory.getLogger(Mailroom.class);
  private static final int BATCH = 100;
  private static final int AT_ONCE = 8;

  private final IncomingMails mails;
  private final RawMails raw;
  private final HandleMail handle;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);

  Mailroom(IncomingMails mails, RawMails raw, HandleMail handle, Clock clock) {
    this.mails = mails;
    this.raw = raw;
    this.handle = handle;
    this.clock = clock;
  }

  /** What a mail is known by: its Message-ID, if it has one. */
  static Optional<String> id(String messageId) {
    return Optional.ofNullable(messageId).map(String::strip).filter(id -> !id.isEmpty())
        .map(id -> hash(id.getBytes(StandardCharsets.UTF_8)));
  }

  /** Which of these are stored already. */
  Set<String> known(Collection<String> ids) {
    return mails.findByIdIn(ids).stream().map(Incoming::id).collect(Collectors.toSet());
  }

  /** Returns when the mail is stored; it is handled soon, unless it came before. */
  void take(String messageId, byte[] mail, boolean truncated) {
    String id = id(messageId).orElseGet(() -> hash(mail));
    if (mails.findById(id).isPresent()) return;
    String file = raw.store(mail);
    try {
      handleSoon(mails.insert(Incoming.stored(id, file, truncated, clock.instant())), mail);
    } catch (DuplicateKeyException cameBefore) {
      raw.delete(file);
    }
  }

  private void handleSoon(Incoming mail, byte[] content) {
    free.acquireUninterruptibly();
    Thread.startVirtualThread(() -> {
      try {
        handle(mail, content);
      } finally {
        free.release();
      }
    });
  }

  /**
   * Handles a mail of which a person said whose it is.
   *
   * @return whether all that follows is done; otherwise the rest is done soon
   */
  boolean again(String id) {
    return handle(mails.get(id), null);
  }

  @EventListener(ApplicationReadyEvent.class)
  void soon() {
    Thread.startVirtualThread(this::pending);
  }

  /** Handles what is left, oldest first, until nothing is or some of it cannot be handled now. */
  @Scheduled(
      initialDelayString = "${leadline.mail.retry-every:1m}",
      fixedDelayString = "${leadline.mail.retry-every:1m}")
  void pending() {
    List<Incoming> left;
    boolean all = true;
    do {
      left = mails.findByStateOrderByReceivedAt(Incoming.State.RECEIVED, Limit.of(BATCH));
      for (Incoming mail : left) all &= handle(mail, null);
    } while (all && left.size() == BATCH);
  }

  /**
   * @param content null to read it from where it is stored
   * @return whether nothing is left to do
   */
  private boolean handle(Incoming mail, byte[] content) {
    try {
      handle.handle(mail, content == null ? raw.read(mail.raw()) : content);
      return true;
    } catch (RuntimeException e) {
      // Its message may quote the mail.
      log.warn("A mail is stored and is handled later: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  private static String hash(byte[] bytes) {
    return DigestUtils.sha256Hex(bytes).substring(0, 32);
  }
}
