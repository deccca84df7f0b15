package dev.leadline.web;

import org.springframework.data.domain.PageRequest;

/**
 * Which part of a list is asked for.
 *
 * @param page counted from 0
 * @param size 1 to 200
 */
public record Window(int page, int size) {

  private static final int MOST = 200;
  private static final int LAST = 1_000_000;

  /** @throws InvalidInput when there is no such part */
  public static Window of(int page, int size) {
    if (size < 1 || size > MOST) throw new InvalidInput("size", "must be between 1 and " + MOST);
    if (page < 0 || page > LAST / size) throw new InvalidInput("page", "must be between 0 and " + LAST / size);
    return new Window(page, size);
  }

  public PageRequest request() {
    return PageRequest.of(page, size);
  }
}
