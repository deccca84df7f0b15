package dev.leadline.replies;

import dev.leadline.research.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.springframework.stereotype.Component;

/** Finds what is new in a mail: without the mails it quotes and without its signature, as mail programs write them. */
@Component
class QuotedText {

  static final int LONGEST_NEW_TEXT = 20_000;
  private static final String EDGE = "\u2028";
  private static final String UNSEEN = "head, script, style, title, [hidden], [style*=display:none], [style*=display: none]";
  /** An attribution may be broken over so many lines. */
  private static final int LINES_OF_ATTRIBUTION = 3;
  private static final int LINES_OF_HEADER = 6;
  private static final int LINES_OF_SIGNATURE = 12;
  private static final Pattern QUOTED = Pattern.compile("^\\s{0,3}>.*");

  private final File file = Rules.read("quoted-mail", File.class);
  private final String elements = String.join(", ", file.elements());
  private final Pattern attribution = whole(file.attributions());
  private final Pattern separator = whole(file.separators());
  private final Pattern header = whole(file.headers());
  private final Pattern closing = whole(file.closings());
  private final Pattern device = whole(file.devices());

  /**
   * @param elements of HTML in which mail programs put what they quote
   * @param attributions lines that say who wrote what is quoted below
   * @param separators lines below which everything is quoted
   * @param headers first lines of the head of a quoted mail
   * @param closings words that end a letter; what is below is a signature
   * @param devices lines that a device adds
   */
  private record File(
      List<String> elements, List<String> attributions, List<String> separators, List<String> headers,
      List<String> closings, List<String> devices) {}

  /** All text of a mail, for those who want to see it whole. */
  static String whole(ReceivedMail mail) {
    return mail.plain().isBlank() ? page(mail.html(), UNSEEN) : mail.plain();
  }

  /** What is new; all of it, if nothing is left without what is quoted. */
  String fresh(ReceivedMail mail) {
    String text = mail.plain().isBlank() ? page(mail.html(), UNSEEN + ", " + elements) : mail.plain();
    String fresh = withoutSignature(withoutQuotes(text.replace('\u00a0', ' ').lines().toList()));
    if (fresh.isBlank()) fresh = text.strip();
    return fresh.length() <= LONGEST_NEW_TEXT ? fresh : fresh.substring(0, LONGEST_NEW_TEXT);
  }

  private List<String> withoutQuotes(List<String> lines) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (separator.matcher(line.strip()).matches() || isHeader(lines, i)) break;
      if (QUOTED.matcher(line).matches()) continue;
      int attributed = attribution(lines, i);
      if (attributed == 0) {
        kept.add(line);
      } else if (quotes(lines, i + attributed)) {
        i += attributed - 1;
      } else {
        // Quoted without a mark on its lines, so it goes on to the end.
        break;
      }
    }
    return kept;
  }

  /** How many lines from here say who wrote what follows; 0 when none do. */
  private int attribution(List<String> lines, int at) {
    var said = new StringBuilder();
    for (int length = 1; length <= LINES_OF_ATTRIBUTION && at + length <= lines.size(); length++) {
      String line = lines.get(at + length - 1).strip();
      if (line.isEmpty()) return 0;
      said.append(said.isEmpty() ? "" : " ").append(line);
      if (said.length() <= 300 && attribution.matcher(said).matches()) return length;
    }
    return 0;
  }

  private static boolean quotes(List<String> lines, int from) {
    return lines.stream().skip(from).filter(line -> !line.isBlank()).findFirst()
        .filter(line -> QUOTED.matcher(line).matches()).isPresent();
  }

  /** From: … Sent: … To: …, in a row. */
  private boolean isHeader(List<String> lines, int at) {
    if (!header.matcher(lines.get(at).strip()).matches()) return false;
    return lines.stream().skip(at + 1L).limit(LINES_OF_HEADER)
        .filter(line -> header.matcher(line.strip()).matches()).count() >= 2;
  }

  private String withoutSignature(List<String> lines) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      // The one mark that is a standard (RFC 3676, 4.3).
      if (line.equals("--") || line.equals("—") || line.equals("-- ")) break;
      if (device.matcher(line.strip()).matches()) continue;
      kept.add(line);
      if (closing.matcher(line.strip()).matches() && isSignature(lines.subList(i + 1, lines.size()))) break;
    }
    return String.join("\n", kept).replaceAll("\n{3,}", "\n\n").strip();
  }

  /** Few and short lines: not a letter that goes on. */
  private static boolean isSignature(List<String> below) {
    var said = below.stream().filter(line -> !line.isBlank()).toList();
    return said.size() <= LINES_OF_SIGNATURE && said.stream().allMatch(line -> line.strip().length() <= 120)
        && said.stream().noneMatch(line -> line.strip().matches("(?iu)p\\.? ?s\\.?\\b.*"));
  }

  private static String page(String html, String without) {
    var page = Jsoup.parse(html);
    page.select(without).remove();
    for (Element element : page.body().getAllElements()) {
      if (element.isBlock() || element.nameIs("br") || element.nameIs("tr")) {
        element.before(new TextNode(EDGE));
        if (!element.nameIs("br")) element.appendChild(new TextNode(EDGE));
      }
    }
    page.select("img, svg, object, iframe").forEach(Node::remove);
    return page.body().text().replaceAll(" ?" + EDGE + " ?", "\n").replaceAll("\n{3,}", "\n\n").strip();
  }

  private static Pattern whole(List<String> expressions) {
    return Pattern.compile(
        "(?:" + String.join("|", expressions) + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
