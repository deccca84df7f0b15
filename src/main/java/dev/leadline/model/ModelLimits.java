package dev.leadline.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What models may cost and how many questions they are asked at once.
 *
 * @param currency of all prices and budgets, as it is shown
 * @param prices by model; a name with dots, colons or slashes stands in brackets: "[gpt-4.1-mini]"
 * @param concurrency questions that one provider is asked at once, by this instance
 */
@ConfigurationProperties("leadline.model")
public record ModelLimits(
    @DefaultValue("USD") String currency,
    @DefaultValue Map<String, Price> prices,
    @DefaultValue Budgets budget,
    @DefaultValue("64") int concurrency,
    @DefaultValue Queue queue) {

  /**
   * Money per million tokens.
   *
   * @param cached for what the provider had read before; null is as in
   * @param written for what it notes to have it cached later; null is as in
   */
  public record Price(double in, double out, Double cached, Double written) {

    public Price {
      if (in < 0 || out < 0 || cached != null && cached < 0 || written != null && written < 0)
        throw new IllegalArgumentException("a price in leadline.model.prices is negative");
    }

    /** In millionths of the currency: a token at one unit a million costs one. */
    public long of(Tokens tokens) {
      double plain = tokens.in() - tokens.cached() - tokens.written();
      return Math.round(plain * in + tokens.cached() * (cached == null ? in : cached)
          + tokens.written() * (written == null ? in : written) + tokens.out() * out);
    }
  }

  /** After these are used up, rules answer. */
  public record Budgets(@DefaultValue Budget lead, @DefaultValue Budget day) {}

  /**
   * @param money in the currency; null is no limit
   * @param tokens in and out; null is no limit
   */
  public record Budget(Double money, Long tokens) {

    /** @param micros millionths of the currency */
    public boolean isUsedUpBy(long micros, long tokens) {
      return money != null && micros >= money * 1_000_000 || this.tokens != null && tokens >= this.tokens;
    }

    public boolean isSet() {
      return money != null || tokens != null;
    }
  }

  /**
   * Where questions wait for their turn.
   *
   * @param places how many may wait
   * @param longest how long one waits at most
   */
  public record Queue(@DefaultValue("1000") int places, @DefaultValue("30s") Duration longest) {}

  public ModelLimits {
    if (concurrency < 1 || queue.places < 0 || queue.longest.isNegative())
      throw new IllegalArgumentException("leadline.model.concurrency must be at least 1, its queue not negative");
  }

  public Optional<Price> price(String model) {
    return prices.entrySet().stream()
        .filter(entry -> ModelSettings.plain(entry.getKey()).equals(ModelSettings.plain(model)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** A budget in money holds nobody back whose price is unknown, so such a model is not asked at all. */
  public void mustKnowThePriceOf(String model) {
    if ((budget.lead.money != null || budget.day.money != null) && price(model).isEmpty())
      throw new IllegalArgumentException(
          "leadline.model.budget has money, but leadline.model.prices has no price of " + model);
  }
}
