package dev.leadline.embedded.mail;

import dev.leadline.embedded.Disk;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Accepted messages on disk: one .eml file each, named so that the names sort by arrival. Not thread-safe. */
final class MailArchive {

  private static final String MESSAGE = ".eml";
  private static final String UNFINISHED = ".part";

  private final Path directory;
  private long last;

  MailArchive(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    for (Path unfinished : list(UNFINISHED)) {
      Files.delete(unfinished);
    }
  }

  /** The oldest first; to be called before the first message is added. */
  List<Path> messages() throws IOException {
    List<Path> messages = list(MESSAGE);
    if (!messages.isEmpty()) {
      String name = messages.getLast().getFileName().toString();
      last = Long.parseLong(name.substring(0, name.length() - MESSAGE.length()));
    }
    return messages;
  }

  /** Returns when the message is on disk. */
  Path add(MimeMessage message) throws IOException, MessagingException {
    String name = "%019d".formatted(last + 1);
    Path unfinished = directory.resolve(name + UNFINISHED);
    try (FileChannel file =
        FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
      message.writeTo(out);
      out.flush();
      file.force(true);
    }
    Path finished = directory.resolve(name + MESSAGE);
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    Disk.sync(directory);
    last++;
    return finished;
  }

  private List<Path> list(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches("\\d+\\" + suffix)).sorted().toList();
    }
  }
}
