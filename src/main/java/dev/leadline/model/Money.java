package dev.leadline.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Millionths of a currency as people read them. */
public final class Money {

  private Money() {}

  /** "0.0042 USD"; cents from a unit on, two digits that count below; "" when null. */
  public static String of(Long micros, String currency) {
    if (micros == null) return "";
    BigDecimal amount = BigDecimal.valueOf(micros, 6);
    amount = amount.abs().compareTo(BigDecimal.ONE) >= 0
        ? amount.setScale(2, RoundingMode.HALF_UP)
        : amount.round(new MathContext(2, RoundingMode.HALF_UP));
    if (amount.signum() == 0) return "0 " + currency;
    return amount.setScale(Math.max(2, amount.stripTrailingZeros().scale()), RoundingMode.HALF_UP).toPlainString()
        + " " + currency;
  }
}
