package dev.leadline.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final String BODY = "{\"test\": 2432232314}";
  /** The example of the libraries of Standard Webhooks. */
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void signsAsOthersDo() {
    assertThat(Seal.sign(List.of(SECRET), ID, AT, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void anySecretAndAnySignatureMayFit() {
    String two = Seal.sign(List.of("another", SECRET), ID, AT, BODY);
    assertThat(two.split(" ")).hasSize(2);
    assertThat(good(List.of("another"), AT, ID, two, BODY)).isTrue();
    assertThat(good(List.of("a third", SECRET), AT, ID, SIGNATURE, BODY)).isTrue();
    assertThat(good(List.of(SECRET), AT, ID, "v1a,abc v2,def " + SIGNATURE, BODY)).isTrue();
  }

  @Test
  void whateverIsChangedIsNotSigned() {
    assertThat(good(List.of("a guess"), AT, ID, SIGNATURE, BODY)).isFalse();
    assertThat(good(List.of(), AT, ID, SIGNATURE, BODY)).isFalse();
    assertThat(good(List.of(SECRET), AT, "msg_other", SIGNATURE, BODY)).isFalse();
    assertThat(good(List.of(SECRET), AT, "", SIGNATURE, BODY)).isFalse();
    assertThat(good(List.of(SECRET), AT, ID, SIGNATURE, BODY + " ")).isFalse();
    assertThat(good(List.of(SECRET), AT, ID, "", BODY)).isFalse();
    assertThat(good(List.of(SECRET), AT, ID, SIGNATURE.substring(3), BODY)).isFalse();
  }

  @Test
  void anOldCallAndOneFromTheFutureAreNotTaken() {
    assertThat(good(List.of(SECRET), AT.plus(WINDOW), ID, SIGNATURE, BODY)).isTrue();
    assertThat(good(List.of(SECRET), AT.plus(WINDOW).plusSeconds(1), ID, SIGNATURE, BODY)).isFalse();
    assertThat(good(List.of(SECRET), AT.minus(WINDOW).minusSeconds(1), ID, SIGNATURE, BODY)).isFalse();
    assertThat(Seal.isGood(List.of(SECRET), WINDOW, AT, ID, "99999999999999999999", SIGNATURE, BODY)).isFalse();
    assertThat(Seal.isGood(List.of(SECRET), WINDOW, AT, ID, "yesterday", SIGNATURE, BODY)).isFalse();
  }

  private static boolean good(List<String> secrets, Instant now, String id, String signature, String body) {
    return Seal.isGood(secrets, WINDOW, now, id, String.valueOf(AT.getEpochSecond()), signature, body);
  }
}
