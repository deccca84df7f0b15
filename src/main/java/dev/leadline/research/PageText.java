package dev.leadline.research;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * What a page says to a reader, sentence by sentence, without its furniture.
 *
 * @param unseen what stands in the page but no reader sees: hidden elements, comments, descriptions of pictures
 */
record PageText(String title, List<String> sentences, List<String> unseen) {

  private static final String HIDDEN = "noscript, template, [hidden], [aria-hidden=true]";
  private static final Pattern UNSEEN_STYLE = Pattern.compile(
      "display:none|visibility:hidden|font-size:0(?![.\\d])|opacity:0(?![.\\d])|text-indent:-\\d{3}|left:-\\d{4}");
  private static final String FURNITURE = "script, style, noscript, template, nav, form, svg, iframe, "
      + "[hidden], [aria-hidden=true], [role=dialog], [class*=cookie], [id*=cookie]";
  /** Stands where one block ends and another begins, so that no sentence runs over the edge. */
  private static final String EDGE = "\u2028";

  static PageText of(String html) {
    Document page = Jsoup.parse(html);
    var unseen = unseen(page);
    page.select(FURNITURE).remove();
    page.select("[style]").stream().filter(PageText::isUnseen).forEach(Node::remove);
    page.body().getAllElements().stream()
        .filter(element -> element.isBlock() || element.nameIs("br"))
        .forEach(block -> block.before(new TextNode(EDGE)).after(new TextNode(EDGE)));
    var sentences = new ArrayList<>(sentences(page.select("meta[name=description]").attr("content")));
    for (String block : page.body().text().split(EDGE)) sentences.addAll(sentences(block));
    return new PageText(page.title().strip(), sentences.stream().distinct().toList(), unseen);
  }

  /** Text that is no sentence of the page; scripts and styles are none either. */
  private static List<String> unseen(Document page) {
    var unseen = new ArrayList<String>();
    page.select(HIDDEN).forEach(element -> unseen.add(element.wholeText()));
    page.select("[style]").stream().filter(PageText::isUnseen).forEach(element -> unseen.add(element.text()));
    page.getAllElements().forEach(element -> {
      for (var node : element.childNodes()) if (node instanceof Comment comment) unseen.add(comment.getData());
      for (String attribute : List.of("alt", "title", "aria-label", "placeholder", "content"))
        if (element.hasAttr(attribute)) unseen.add(element.attr(attribute));
    });
    return unseen.stream().filter(text -> !text.isBlank()).map(PageText::cutLong).toList();
  }

  private static boolean isUnseen(Element element) {
    return UNSEEN_STYLE.matcher(element.attr("style").replaceAll("\\s", "").toLowerCase(Locale.ROOT)).find();
  }

  private static String cutLong(String text) {
    return text.length() > 2_000 ? text.substring(0, 2_000) : text;
  }

  /** The number of a day ("ab 1. April") ends no sentence. */
  private static final Pattern DAY = Pattern.compile("(?<![\\p{L}\\p{N}.,:])\\d{1,2}\\.$");
  private static final Pattern MONTH =
      Pattern.compile("\\s*(Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\\p{Ll}*.*", Pattern.DOTALL);

  /** Splits running text into sentences; a sentence longer than 300 characters is cut at a word. */
  static List<String> sentences(String text) {
    String plain = text.replaceAll("\\s+", " ").strip();
    var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(plain);
    var sentences = new ArrayList<String>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String sentence = plain.substring(start, end).strip();
      if (DAY.matcher(sentence).find() && MONTH.matcher(plain.substring(end)).matches()) continue;
      if (!sentence.isEmpty()) sentences.add(cut(sentence));
      start = end;
    }
    return sentences;
  }

  private static String cut(String sentence) {
    if (sentence.length() <= 300) return sentence;
    int word = sentence.lastIndexOf(' ', 300);
    return sentence.substring(0, word > 200 ? word : 300);
  }

  String all() {
    return title + "\n" + String.join("\n", sentences);
  }
}
