package dev.leadline.lead;

import java.util.regex.Pattern;

/** A company's name as people say it. */
public final class CompanyName {

  private static final Pattern LEGAL_FORM = Pattern.compile(
      "(?i)[,\\s]+(((be|ver)triebs |verwaltungs )?gmbh( & co\\.? kg)?|ag|se|kg|ug|e\\.?v\\.?|ltd|limited|llc|llp|plc|inc|incorporated|corp|co"
          + "|bv|nv|b\\.v|n\\.v|s\\.?a|s\\.?a\\.?s|s\\.?a\\.?r\\.?l|s\\.?l|s\\.?r\\.?l|s\\.?p\\.?a|lda"
          + "|s\\.?a\\.? de c\\.?v|oy|oü|ab|as|a/s|aps|a\\.s|sp\\. z o\\.o|s\\.r\\.o|d\\.o\\.o|kft|uab|sia|a\\.g|pty ltd)\\.?$");

  private CompanyName() {}

  public static String spoken(String company) {
    if (company == null) return null;
    String spoken = LEGAL_FORM.matcher(company.strip()).replaceFirst("").strip();
    return spoken.isEmpty() ? company.strip() : spoken;
  }
}
