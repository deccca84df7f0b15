package dev.leadline.research;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a page says to a reader, sentence by sentence, without its furniture. */
record PageText(String title, List<String> sentences) {

  private static final String FURNITURE = "script, style, noscript, template, nav, form, svg, iframe, [hidden]";
  private static final String BLOCKS = "h1, h2, h3, h4, p, li, blockquote, td, th, dt, dd, figcaption, address, time";

  static PageText of(String html) {
    Document page = Jsoup.parse(html);
    page.select(FURNITURE).remove();
    var sentences = new ArrayList<String>();
    String description = page.select("meta[name=description]").attr("content");
    sentences.addAll(sentences(description));
    for (Element block : page.select(BLOCKS)) {
      if (block.selectFirst(BLOCKS.replace("time", "section")) == block && block.select(BLOCKS).size() == 1)
        sentences.addAll(sentences(block.text()));
    }
    if (sentences.isEmpty()) sentences.addAll(sentences(page.body().text()));
    return new PageText(page.title().strip(), sentences.stream().distinct().toList());
  }

  /** Splits running text into sentences; a sentence longer than 300 characters is cut at a word. */
  static List<String> sentences(String text) {
    String plain = text.replaceAll("\\s+", " ").strip();
    var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(plain);
    var sentences = new ArrayList<String>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String sentence = plain.substring(start, end).strip();
      if (!sentence.isEmpty()) sentences.add(cut(sentence));
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
