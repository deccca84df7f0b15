package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;

/** A share of people, with what it may really be: the 95 % interval of Wilson (1927). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Rate")
record Rate(
    long of, long among,
    @Schema(description = "0 to 1; missing when there is not enough data") Double value,
    @Schema(description = "Lower bound of the 95 % confidence interval") Double low,
    @Schema(description = "Upper bound") Double high,
    @Schema(description = "Whether a conclusion may be drawn") boolean enough) {

  /** Of 2 to 5 in 100 who usually answer, fewer say nothing. */
  static final int LEAST = 100;

  private static final double Z = 1.959964;

  static Rate of(long of, long among) {
    if (among == 0) return new Rate(0, 0, null, null, null, false);
    double n = among;
    double share = of / n;
    double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    boolean enough = among >= LEAST;
    return new Rate(
        of, among, enough ? share : null, Math.max(0, centre - half), Math.min(1, centre + half), enough);
  }

  /** "4.0 % (2.2 % to 7.3 %)", or that there is not enough data. */
  public String inWords() {
    if (among == 0) return "nobody yet";
    String interval = "%.1f %% to %.1f %%".formatted(low * 100, high * 100);
    return enough ? "%.1f %% (%s)".formatted(value * 100, interval) : "not enough data (%s)".formatted(interval);
  }
}
