package dev.leadline.guard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** The ways in which a text may be read that looks like something else: other alphabets, spaces, digits, encodings. */
final class Disguises {

  private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}|[\\uFE00-\\uFE0F\\u115F\\u1160\\u3164]");
  private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern ENCODED = Pattern.compile("(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{20,4000}={0,2}");
  private static final Pattern SPACED = Pattern.compile("(?<![\\p{L}\\p{N}])(?:[\\p{L}\\p{N}][ .*_-]{1,2}){5,}[\\p{L}\\p{N}](?![\\p{L}\\p{N}])");
  private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("(?=\\S*\\p{L})(?=\\S*[0134578@$])[\\p{L}0134578@$]{2,}");
  /** Letters of other alphabets, and the Latin ones they look like (after Unicode's confusables.txt). */
  private static final String ALIKE = "аеорсухіјѕһԁԛԝкмтвнгαεορτυικνηβ";
  private static final String LATIN = "aeopcyxijshdqwkmtbhraeoptuikvnb";
  private static final String DIGITS = "0134578@$";
  private static final String MEANT = "oieastbas";

  private Disguises() {}

  /** Every reading in lower case without accents; the plain one first. */
  static Set<String> of(String text) {
    var forms = new LinkedHashSet<String>();
    String plain = plain(text);
    add(forms, plain);
    if (text.indexOf('&') >= 0) add(forms, plain(Parser.unescapeEntities(text, false)));
    if (text.indexOf('%') >= 0) add(forms, plain(unquoted(text)));
    ENCODED.matcher(UNSEEN.matcher(text).replaceAll("")).results().forEach(hit -> decode(hit.group(), forms));
    forms.add(rotated(plain));
    forms.add(new StringBuilder(plain).reverse().toString());
    return forms;
  }

  private static void add(Set<String> forms, String plain) {
    forms.add(plain);
    String latin = mapped(plain, ALIKE, LATIN);
    forms.add(latin);
    forms.add(LETTERS_AND_DIGITS.matcher(latin).replaceAll(word -> mapped(word.group(), DIGITS, MEANT)));
    if (SPACED.matcher(latin).find()) forms.add(closed(latin));
  }

  private static String plain(String text) {
    String compatible = Normalizer.normalize(UNSEEN.matcher(text).replaceAll(""), Normalizer.Form.NFKD);
    return BLANKS.matcher(ACCENTS.matcher(compatible).replaceAll("")).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }

  /** "i g n o r e  a l l" is "ignore all"; where only single blanks stand between letters, word ends are lost. */
  private static String closed(String text) {
    return SPACED.matcher(text).replaceAll(word -> word.group().replaceAll("[ .*_-]", ""))
        .replaceAll("(ignore|disregard|forget|override)(all|any|the|your)?(previous|prior|above|earlier)?(instructions?|prompts?|rules)",
            "$1 $2 $3 $4").replaceAll(" +", " ");
  }

  private static void decode(String encoded, Set<String> forms) {
    try {
      String standard = encoded.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
      readable(Base64.getDecoder().decode(standard.substring(0, standard.length() - (standard.length() % 4 == 1 ? 1 : 0))), forms);
    } catch (IllegalArgumentException notBase64) {
      // Then it is a part number or a name.
    }
    if (encoded.matches("(?:[0-9a-fA-F]{2})+")) {
      byte[] bytes = new byte[encoded.length() / 2];
      for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(encoded.substring(2 * i, 2 * i + 2), 16);
      readable(bytes, forms);
    }
  }

  private static void readable(byte[] bytes, Set<String> forms) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.chars().filter(c -> c < 32 || c == 0xFFFD).count() * 10 < text.length()) add(forms, plain(text));
  }

  private static String unquoted(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  private static String rotated(String text) {
    var rotated = new StringBuilder(text.length());
    for (char c : text.toCharArray()) rotated.append(c >= 'a' && c <= 'z' ? (char) ('a' + (c - 'a' + 13) % 26) : c);
    return rotated.toString();
  }

  private static String mapped(String text, String from, String to) {
    var mapped = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      int at = from.indexOf(c);
      mapped.append(at < 0 ? c : to.charAt(at));
    }
    return mapped.toString();
  }
}
