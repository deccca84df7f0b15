package dev.leadline.campaign;

import dev.leadline.web.InvalidInput;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.http.HttpStatus;

/**
 * A request that makes something, named by its sender so that it can be sent again: the header Idempotency-Key.
 *
 * @param key null when it has no name
 * @param hash of what was sent
 */
record Request(String key, String hash) {

  static final Request NAMELESS = new Request(null, null);

  /** @param what "campaign" or "execution": the same key may name one request of each kind */
  static Request of(String key, String what, Object sent) {
    if (key == null) return NAMELESS;
    if (!key.matches("[!-~]{1,200}"))
      throw new InvalidInput("Idempotency-Key", "must be 1 to 200 visible ASCII characters");
    return new Request(what + " " + key, DigestUtils.sha256Hex(sent.toString()));
  }

  /** @throws InvalidInput when something else was sent under this name before */
  void require(String hashBefore) {
    if (!hash.equals(hashBefore))
      throw new InvalidInput(HttpStatus.UNPROCESSABLE_ENTITY, List.of(
          new InvalidInput.Field("Idempotency-Key", "was used before with another payload")));
  }
}
