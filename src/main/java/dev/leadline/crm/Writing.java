package dev.leadline.crm;

import dev.leadline.provider.Reply;
import java.util.Set;

/** What the adapters have in common when they write. */
final class Writing {

  /** What asking again does not change; 401, 403 and 429 are about us and may. */
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 409, 410, 413, 415, 422);

  private Writing() {}

  static boolean refuses(Reply reply) {
    return REFUSALS.contains(reply.status());
  }
}
