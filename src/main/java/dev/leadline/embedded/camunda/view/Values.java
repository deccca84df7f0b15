package dev.leadline.embedded.camunda.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * The values of one column, one per slot, in chunks. A chunk without any value takes no memory, and one that a
 * checkpoint still reads is copied before it changes.
 */
abstract sealed class Values<A> {
  private static final int BITS = 12;
  private static final int SIZE = 1 << BITS;
  private static final int MASK = SIZE - 1;

  private A[] chunks;
  private boolean[] shared;

  private Values(A[] none) {
    chunks = none;
    shared = new boolean[0];
  }

  abstract A newChunk(int size);

  abstract A copy(A chunk);

  abstract Values<A> empty();

  abstract Object get(int slot);

  abstract void set(int slot, Object value);

  /** Compares two slots that both have values. */
  abstract int compare(int left, int right);

  abstract int compare(int slot, Object value);

  /** The order of slots, what is absent last either way; valid while nothing changes. */
  Nearest.Order order(boolean descending) {
    return (left, right) -> {
      boolean absent = isAbsent(left);
      if (absent || isAbsent(right)) {
        return Boolean.compare(absent, isAbsent(right));
      }
      return descending ? compare(right, left) : compare(left, right);
    };
  }

  abstract boolean isAbsent(int slot);

  /** A fast form of the test for all slots; what is absent is tested as null. */
  abstract IntPredicate test(Predicate<Object> wanted);

  final A chunk(int slot) {
    int index = slot >>> BITS;
    return index < chunks.length ? chunks[index] : null;
  }

  static int within(int slot) {
    return slot & MASK;
  }

  final A writable(int slot) {
    int index = slot >>> BITS;
    if (index >= chunks.length) {
      int length = Math.max(index + 1, chunks.length + (chunks.length >> 1));
      chunks = Arrays.copyOf(chunks, length);
      shared = Arrays.copyOf(shared, length);
    }
    if (chunks[index] == null) {
      chunks[index] = newChunk(SIZE);
    } else if (shared[index]) {
      chunks[index] = copy(chunks[index]);
    }
    shared[index] = false;
    return chunks[index];
  }

  /** The present values, which later changes do not touch. */
  final Values<A> snapshot() {
    Values<A> frozen = empty();
    Arrays.fill(shared, true);
    ((Values<?>) frozen).adopt(chunks);
    return frozen;
  }

  @SuppressWarnings("unchecked")
  private void adopt(Object[] others) {
    chunks = (A[]) others.clone();
    shared = new boolean[others.length];
    Arrays.fill(shared, true);
  }

  /** Keys and dates. */
  static final class Longs extends Values<long[]> {
    static final long NONE = Long.MIN_VALUE;

    Longs() {
      super(new long[0][]);
    }

    long at(int slot) {
      long[] chunk = chunk(slot);
      return chunk == null ? NONE : chunk[within(slot)];
    }

    void put(int slot, long value) {
      if (value != NONE || chunk(slot) != null) {
        writable(slot)[within(slot)] = value;
      }
    }

    @Override
    long[] newChunk(int size) {
      long[] chunk = new long[size];
      Arrays.fill(chunk, NONE);
      return chunk;
    }

    @Override
    long[] copy(long[] chunk) {
      return chunk.clone();
    }

    @Override
    Values<long[]> empty() {
      return new Longs();
    }

    @Override
    Object get(int slot) {
      long value = at(slot);
      return value == NONE ? null : (Long) value;
    }

    @Override
    void set(int slot, Object value) {
      put(slot, value == null ? NONE : (Long) value);
    }

    @Override
    int compare(int left, int right) {
      return Long.compare(at(left), at(right));
    }

    @Override
    int compare(int slot, Object value) {
      return Long.compare(at(slot), (Long) value);
    }

    @Override
    Nearest.Order order(boolean descending) {
      return (left, right) -> {
        long one = at(left);
        long other = at(right);
        if (one == other) {
          return 0;
        }
        boolean greater = other != NONE && (one == NONE || descending == one < other);
        return greater ? 1 : -1;
      };
    }

    @Override
    boolean isAbsent(int slot) {
      return at(slot) == NONE;
    }

    @Override
    IntPredicate test(Predicate<Object> wanted) {
      return slot -> wanted.test(get(slot));
    }

    IntPredicate matching(LongPredicate wanted) {
      return slot -> wanted.test(at(slot));
    }
  }

  /** Values that repeat endlessly (ids, states, names): each is kept once and stands as a number in the slots. */
  static final class Codes extends Values<int[]> {
    private final Map<Object, Integer> codes;
    private final List<Object> decoded;

    Codes() {
      this(new HashMap<>(), new ArrayList<>());
      decoded.add(null);
    }

    private Codes(Map<Object, Integer> codes, List<Object> decoded) {
      super(new int[0][]);
      this.codes = codes;
      this.decoded = decoded;
    }

    int at(int slot) {
      int[] chunk = chunk(slot);
      return chunk == null ? 0 : chunk[within(slot)];
    }

    void put(int slot, int code) {
      if (code != 0 || chunk(slot) != null) {
        writable(slot)[within(slot)] = code;
      }
    }

    int code(Object value) {
      if (value == null) {
        return 0;
      }
      Integer known = codes.get(value);
      if (known == null) {
        known = decoded.size();
        codes.put(value, known);
        decoded.add(value);
      }
      return known;
    }

    Object decode(int code) {
      return decoded.get(code);
    }

    /** How many different values there are, the absent one among them, which has code 0. */
    int count() {
      return decoded.size();
    }

    @Override
    int[] newChunk(int size) {
      return new int[size];
    }

    @Override
    int[] copy(int[] chunk) {
      return chunk.clone();
    }

    @Override
    Values<int[]> empty() {
      return new Codes(Map.of(), new ArrayList<>(decoded));
    }

    @Override
    Object get(int slot) {
      return decoded.get(at(slot));
    }

    @Override
    void set(int slot, Object value) {
      put(slot, code(value));
    }

    @Override
    @SuppressWarnings("unchecked")
    int compare(int left, int right) {
      int one = at(left);
      int other = at(right);
      return one == other ? 0 : ((Comparable<Object>) decoded.get(one)).compareTo(decoded.get(other));
    }

    @Override
    @SuppressWarnings("unchecked")
    int compare(int slot, Object value) {
      return ((Comparable<Object>) get(slot)).compareTo(value);
    }

    /** By the rank of each value among all, so that no texts are compared. */
    @Override
    Nearest.Order order(boolean descending) {
      List<Object> sorted = new ArrayList<>(decoded.subList(1, decoded.size()));
      sorted.sort(null);
      int[] ranks = new int[decoded.size()];
      ranks[0] = Integer.MAX_VALUE;
      for (int rank = 0; rank < sorted.size(); rank++) {
        ranks[codes.get(sorted.get(rank))] = descending ? -rank : rank;
      }
      return (left, right) -> Integer.compare(ranks[at(left)], ranks[at(right)]);
    }

    @Override
    boolean isAbsent(int slot) {
      return at(slot) == 0;
    }

    @Override
    IntPredicate test(Predicate<Object> wanted) {
      boolean[] matching = new boolean[decoded.size()];
      for (int code = 0; code < matching.length; code++) {
        matching[code] = wanted.test(decoded.get(code));
      }
      return slot -> matching[at(slot)];
    }
  }

  /** Values that mostly differ: texts of people and programs, documents. */
  static final class Objects extends Values<Object[]> {
    private static final int SHORT = 40;
    private static final int REMEMBERED = 10_000;

    private final Map<Object, Object> canonical = new HashMap<>();

    Objects() {
      super(new Object[0][]);
    }

    Object at(int slot) {
      Object[] chunk = chunk(slot);
      return chunk == null ? null : chunk[within(slot)];
    }

    @Override
    Object[] newChunk(int size) {
      return new Object[size];
    }

    @Override
    Object[] copy(Object[] chunk) {
      return chunk.clone();
    }

    @Override
    Values<Object[]> empty() {
      return new Objects();
    }

    @Override
    Object get(int slot) {
      return at(slot);
    }

    @Override
    void set(int slot, Object value) {
      if (value != null || chunk(slot) != null) {
        writable(slot)[within(slot)] = canonical(value);
      }
    }

    /** One copy of what is likely to come again. */
    private Object canonical(Object value) {
      boolean likely = value instanceof String text ? text.length() <= SHORT : value instanceof List<?>;
      if (!likely) {
        return value;
      }
      Object known = canonical.get(value);
      if (known == null && canonical.size() < REMEMBERED) {
        canonical.put(value, value);
      }
      return known == null ? value : known;
    }

    @Override
    @SuppressWarnings("unchecked")
    int compare(int left, int right) {
      return ((Comparable<Object>) at(left)).compareTo(at(right));
    }

    @Override
    @SuppressWarnings("unchecked")
    int compare(int slot, Object value) {
      return ((Comparable<Object>) at(slot)).compareTo(value);
    }

    @Override
    boolean isAbsent(int slot) {
      return at(slot) == null;
    }

    @Override
    IntPredicate test(Predicate<Object> wanted) {
      return slot -> wanted.test(at(slot));
    }
  }
}
