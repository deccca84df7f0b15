package dev.leadline.research;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.TextNode;

/** What a page says to a reader, sentence by sentence, without its furniture. */
record PageText(String title, List<String> sentences) {

  private static final String FURNITURE = "script, style, noscript, template, nav, form, svg, iframe, "
      + "[hidden], [aria-hidden=true], [role=dialog], [class*=cookie], [id*=cookie]";
  /** Stands where one block ends and another begins, so that no sentence runs over the edge. */
  private static final String EDGE = "\u2028";

  static PageText of(String html) {
    Document page = Jsoup.parse(html);
    page.select(FURNITURE).remove();
    page.body().getAllElements().stream()
        .filter(element -> element.isBlock() || element.nameIs("br"))
        .forEach(block -> block.before(new TextNode(EDGE)).after(new TextNode(EDGE)));
    var sentences = new ArrayList<>(sentences(page.select("meta[name=description]").attr("content")));
    for (String block : page.body().text().split(EDGE)) sentences.addAll(sentences(block));
    return new PageText(page.title().strip(), sentences.stream().distinct().toList());
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

  PageText without(Predicate<String> unwanted) {
    return new PageText(
        unwanted.test(title) ? "" : title, sentences.stream().filter(unwanted.negate()).toList());
  }

  String all() {
    return title + "\n" + String.join("\n", sentences);
  }
}
