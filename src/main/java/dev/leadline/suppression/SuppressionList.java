package dev.leadline.suppression;

import dev.leadline.suppression.Suppression.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.springframework.stereotype.Component;

/**
 * Takes over a list of those who are contacted no more, as other systems export it: in each line an address or a domain,
 * and perhaps a reason of ours. What cannot be read is said, line by line, and the rest counts.
 */
@Component
class SuppressionList {

  private static final int MOST_LINES = 20_000;
  private static final int MOST_TOLD = 100;

  private final Suppress suppress;

  SuppressionList(Suppress suppress) {
    this.suppress = suppress;
  }

  /**
   * What came of a list.
   *
   * @param unread lines that name nobody, the first hundred of them
   */
  record Outcome(int added, int known, int failed, List<Unread> unread) {

    int lines() {
      return added + known + failed;
    }
  }

  /** @param reason goes on where the line ends: "names no address" */
  record Unread(long line, String reason) {}

  /**
   * @param reason of a line that names none
   * @throws IOException when the text cannot be read
   */
  Outcome take(Reader text, Reason reason, String by) throws IOException {
    int added = 0;
    int known = 0;
    var unread = new ArrayList<Unread>();
    int failed = 0;
    try (var lines = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get().parse(text)) {
      for (CSVRecord line : lines) {
        Optional<Whom> whom = values(line).flatMap(value -> Whom.read(value).stream()).findFirst();
        boolean tooMany = line.getRecordNumber() > MOST_LINES;
        if (whom.isPresent() && !tooMany) {
          if (suppress.of(whom.get(), reason(line).orElse(reason), by).added()) added++;
          else known++;
        } else if (line.getRecordNumber() > 1 || !isHeader(line)) {
          failed++;
          if (unread.size() < MOST_TOLD)
            unread.add(new Unread(line.getRecordNumber(),
                tooMany ? "comes after the first %,d lines".formatted(MOST_LINES) : "names no address and no domain"));
        }
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      failed++;
      unread.add(new Unread(added + known + failed, "cannot be read, nor what follows: is a quote not closed there?"));
    }
    return new Outcome(added, known, failed, List.copyOf(unread));
  }

  /** Commas were taken as what parts values; semicolons and tabs do as well. */
  private static Stream<String> values(CSVRecord line) {
    return line.stream().flatMap(value -> Arrays.stream(value.split("[;\t]")));
  }

  private static boolean isHeader(CSVRecord line) {
    return line.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).matches(".*(e-?mail|address|domain).*"));
  }

  private static Optional<Reason> reason(CSVRecord line) {
    return values(line)
        .map(value -> value.strip().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_"))
        .flatMap(value -> Arrays.stream(Reason.values()).filter(known -> known.name().equals(value)))
        .findFirst();
  }
}
