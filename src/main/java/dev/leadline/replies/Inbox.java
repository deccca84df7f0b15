package dev.leadline.replies;

import dev.leadline.mail.smtp.AccessTokens;
import dev.leadline.mail.smtp.AccessTokens.NoToken;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.search.ComparisonTerm;
import jakarta.mail.search.ReceivedDateTerm;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the folder in which mail to us arrives: at once where the server tells (IDLE, RFC 2177), and every
 * {@code poll} of its settings in any case.
 *
 * <p>A mail is stored before the position moves past it, so a crash reads it twice rather than never; the mailroom knows
 * it by its Message-ID. A mail that cannot be stored is tried again for as long as that lasts; only one that the server
 * cannot give out is left behind, after some tries. When the folder has got another UIDVALIDITY, everything since the last look is read again.
 */
class Inbox {

  private static final Logger log = LoggerFactory.getLogger(Inbox.class);
  private static final int BATCH = 50;
  private static final int MOST_TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  /** In an IDLE the server says nothing until we ask again. */
  private static final Duration BEYOND_POLL = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  /** IMAP searches by day, in the zone of the server. */
  private static final Duration DAY_AND_ZONE = Duration.ofDays(2);

  private final InboxSettings settings;
  private final AccessTokens tokens;
  private final Positions positions;
  private final Mailroom mailroom;
  private final Clock clock;
  /** How often the server could not give out a mail, by its UID; only of those that the position has not passed. */
  private final Map<Long, Integer> failures = new HashMap<>();
  private volatile Thread reader;
  private volatile IMAPStore store;
  private volatile boolean waiting;
  private volatile String trouble;
  private volatile Instant readAt;

  Inbox(InboxSettings settings, AccessTokens tokens, Positions positions, Mailroom mailroom, Clock clock) {
    this.settings = settings;
    this.tokens = tokens;
    this.positions = positions;
    this.mailroom = mailroom;
    this.clock = clock;
  }

  void start() {
    reader = Thread.ofVirtual().name("inbox").unstarted(this::readForEver);
    reader.start();
  }

  void stop() {
    Thread stopping = reader;
    reader = null;
    if (stopping == null) return;
    // Only where it waits: what it writes down is written to its end.
    if (waiting) stopping.interrupt();
  }

  /** Which folder it is, when it was last read, and what is in the way. */
  Map<String, Object> standing() {
    var standing = new LinkedHashMap<String, Object>();
    standing.put("folder", settings.folder());
    if (readAt != null) standing.put("readAt", readAt);
    if (trouble != null) standing.put("trouble", trouble);
    return standing;
  }

  private void readForEver() {
    Duration pause = FIRST_PAUSE;
    while (mine()) {
      Instant connected = clock.instant();
      try {
        read();
      } catch (MessagingException | IOException | NoToken | RuntimeException e) {
        if (!mine()) return;
        String words = words(e);
        if (trouble == null) log.warn("The inbox cannot be read now: {}", words);
        trouble = words;
      } finally {
        hangUp(store);
      }
      boolean lasted = readAt != null && readAt.isAfter(connected);
      pause = lasted ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      sleep(pause);
    }
  }

  /** What servers say may quote names and mails. */
  private static String words(Exception e) {
    return switch (e) {
      case NoToken none -> none.getMessage();
      case AuthenticationFailedException refused -> "The mail server does not accept the username and password or token";
      default -> e.getClass().getSimpleName();
    };
  }

  /** Reads until the connection ends or this does. */
  private void read() throws MessagingException, IOException, NoToken {
    store = settings.account().connect(
        tokens, settings.poll().plus(BEYOND_POLL), Map.of("fetchsize", "1048576", "peek", "true"));
    try (Folder opened = store.getFolder(settings.folder())) {
      opened.open(Folder.READ_ONLY);
      var folder = (IMAPFolder) opened;
      folder.addMessageCountListener(new Awakening(folder));
      boolean more = mine() && readNew(folder, first(folder));
      while (mine()) {
        if (!more) await(folder);
        hear(folder);
        more = readNew(folder, since(folder));
      }
    }
  }

  /** Ends an IDLE and lets the server tell what it has not told; asking for the count does nothing within a second. */
  private static void hear(IMAPFolder folder) throws MessagingException {
    folder.doCommand(protocol -> {
      protocol.noop();
      return null;
    });
  }

  /** What to read after connecting, which may be under other UIDs than before. */
  private List<Message> first(IMAPFolder folder) throws MessagingException {
    var position = positions.findById(settings.id());
    if (position.isPresent() && position.get().validity() == folder.getUIDValidity()) return since(folder);
    Instant since = position.map(Position::at).orElseGet(() -> clock.instant().minus(settings.reachBack()));
    var found = folder.search(new ReceivedDateTerm(ComparisonTerm.GE, Date.from(since.minus(DAY_AND_ZONE))));
    int all = folder.getMessageCount();
    long before = found.length > 0 ? uid(folder, found[0]) - 1 : all > 0 ? uid(folder, folder.getMessage(all)) : 0;
    positions.save(new Position(settings.id(), folder.getUIDValidity(), before, since));
    return Arrays.asList(found);
  }

  private List<Message> since(IMAPFolder folder) throws MessagingException {
    long last = positions.findById(settings.id()).map(Position::last).orElse(0L);
    return Arrays.asList(folder.getMessagesByUID(last + 1, UIDFolder.LASTUID));
  }

  /** @return whether there was something new */
  private boolean readNew(IMAPFolder folder, List<Message> messages) throws MessagingException, IOException {
    var position = positions.findById(settings.id()).orElseThrow();
    long before = position.last();
    var present = messages.stream().filter(Objects::nonNull).toList();
    for (int from = 0; from < present.size(); from += BATCH) {
      var batch = new ArrayList<>(present.subList(from, Math.min(from + BATCH, present.size())));
      position = readBatch(folder, batch, position);
    }
    readAt = clock.instant();
    trouble = null;
    if (!present.isEmpty() || position.at().isBefore(readAt.minus(settings.poll()))) {
      positions.save(new Position(position.folder(), position.validity(), position.last(), readAt));
    }
    return position.last() > before;
  }

  private Position readBatch(IMAPFolder folder, List<Message> batch, Position position)
      throws MessagingException, IOException {
    var profile = new FetchProfile();
    profile.add(UIDFolder.FetchProfileItem.UID);
    profile.add(FetchProfile.Item.SIZE);
    profile.add("Message-ID");
    folder.fetch(batch.toArray(Message[]::new), profile);
    var ids = batch.stream().flatMap(message -> Mailroom.id(messageId(message)).stream()).toList();
    var known = mailroom.known(ids);
    long last = position.last();
    batch.sort(Comparator.comparingLong(message -> uid(folder, message)));
    for (Message message : batch) {
      if (!mine()) break;
      long uid = uid(folder, message);
      // "From 8 on" is answered with the last one, even if that is 7 (RFC 3501, 6.4.8).
      if (uid <= position.last()) continue;
      String id = messageId(message);
      if (Mailroom.id(id).filter(known::contains).isEmpty() && !isHopeless(uid)) {
        // Our own store may be away for as long as it likes: the mail is asked for again.
        fetched((IMAPMessage) message, uid).ifPresent(mail -> mailroom.take(id, mail.content(), mail.truncated()));
      }
      last = Math.max(last, uid);
    }
    if (last == position.last()) return position;
    var moved = positions.save(new Position(position.folder(), position.validity(), last, position.at()));
    failures.clear();
    return moved;
  }

  /** What the server cannot give out after some tries stays on it, so that what is behind it is read. */
  private boolean isHopeless(long uid) {
    if (failures.getOrDefault(uid, 0) < MOST_TRIES) return false;
    log.error("The mail with UID {} cannot be read; it is left in the folder", uid);
    return true;
  }

  private record Fetched(byte[] content, boolean truncated) {}

  /** Empty when somebody deleted it between our two questions. */
  private Optional<Fetched> fetched(IMAPMessage message, long uid) throws MessagingException, IOException {
    try (InputStream content = message.getMimeStream()) {
      byte[] mail = content.readNBytes(settings.maxSize());
      return Optional.of(new Fetched(mail, mail.length == settings.maxSize() && content.read() >= 0));
    } catch (MessageRemovedException goneMeanwhile) {
      return Optional.empty();
    } catch (MessagingException | IOException | RuntimeException e) {
      failures.merge(uid, 1, Integer::sum);
      throw e;
    }
  }

  private static String messageId(Message message) {
    try {
      String[] ids = message.getHeader("Message-ID");
      return ids == null ? null : ids[0];
    } catch (MessagingException unreadable) {
      return null;
    }
  }

  private static long uid(IMAPFolder folder, Message message) {
    try {
      return folder.getUID(message);
    } catch (MessagingException gone) {
      return -1;
    }
  }

  /** Returns when there may be something new. */
  private void await(IMAPFolder folder) throws MessagingException {
    waiting = true;
    try {
      if (store.hasCapability("IDLE")) idle(folder);
      else poll();
    } finally {
      waiting = false;
    }
  }

  private void poll() {
    sleep(settings.poll());
  }

  private void idle(IMAPFolder folder) throws MessagingException {
    // A connection that broke without a word is noticed as well.
    var over = new CountDownLatch(1);
    Thread.startVirtualThread(() -> {
      if (!isOver(over)) ask(folder);
    });
    try {
      folder.idle(true);
    } finally {
      over.countDown();
    }
  }

  /** Whether the wait was over before it was time to look; to interrupt whoever asks would close the connection. */
  private boolean isOver(CountDownLatch over) {
    try {
      return over.await(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      return true;
    }
  }

  private static void ask(IMAPFolder folder) {
    try {
      hear(folder);
    } catch (MessagingException | RuntimeException broken) {
      // The reader sees it too.
    }
  }

  /** Ends an IDLE also when the news came while it began, which IDLE itself would sleep through. */
  private static final class Awakening extends MessageCountAdapter {

    private final IMAPFolder folder;

    Awakening(IMAPFolder folder) {
      this.folder = folder;
    }

    @Override
    public void messagesAdded(MessageCountEvent event) {
      ask(folder);
    }
  }

  private boolean mine() {
    return reader == Thread.currentThread();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void sleep(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private static void hangUp(IMAPStore store) {
    try {
      if (store != null) store.close();
    } catch (MessagingException | RuntimeException ignored) {
      // the connection is gone either way
    }
  }
}
