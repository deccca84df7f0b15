package dev.leadline.campaign;

import dev.leadline.web.InvalidInput;

/** Which part of a list is asked for; page counted from 0. */
record Window(int page, int size) {

  private static final int MOST = 200;
  private static final int LAST = 1_000_000;

  /** @throws InvalidInput when there is no such part */
  static Window of(int page, int size) {
    if (size < 1 || size > MOST) throw new InvalidInput("size", "must be between 1 and " + MOST);
    if (page < 0 || page > LAST / size) throw new InvalidInput("page", "must be between 0 and " + LAST / size);
    return new Window(page, size);
  }
}
