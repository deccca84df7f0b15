package dev.leadline.mail.message;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mail's words as plain HTML: paragraphs and the links they have, nothing that is loaded, nothing that counts. */
final class Html {

  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"“”]*[^\\s<>\"“”.,;:!?)]");
  private static final String SMALL = "<p style=\"color:#666;font-size:12px;line-height:1.4\">";

  private Html() {}

  static String of(String words, List<String> footing, URI unsubscribe) {
    String small = Stream.concat(
            footing.stream().map(Html::linked),
            Stream.of("<a href=\"%s\" style=\"color:#666\">No more mail from us</a>".formatted(escaped(unsubscribe.toString()))))
        .collect(Collectors.joining("<br>\n"));
    return """
        <!doctype html>
        <html>
        <head><meta charset="utf-8"></head>
        <body style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#222">
        %s
        %s%s</p>
        </body>
        </html>
        """.formatted(paragraphs(words), SMALL, small);
  }

  private static String paragraphs(String words) {
    return Stream.of(words.split("\n\\s*\n"))
        .map(paragraph -> "<p>" + linked(paragraph.strip()).replace("\n", "<br>\n") + "</p>")
        .collect(Collectors.joining("\n"));
  }

  private static String linked(String text) {
    var html = new StringBuilder();
    int from = 0;
    var links = LINK.matcher(text);
    while (links.find()) {
      String link = escaped(links.group());
      html.append(escaped(text.substring(from, links.start()))).append("<a href=\"%s\">%s</a>".formatted(link, link));
      from = links.end();
    }
    return html.append(escaped(text.substring(from))).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
