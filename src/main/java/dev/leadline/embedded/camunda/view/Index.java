package dev.leadline.embedded.camunda.view;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** Leads from a key to the slots that name it: chains through one array, so that a row costs four bytes. */
final class Index {
  private static final int END = -1;

  private final Values.Longs column;
  private final Long2LongHashMap newest = new Long2LongHashMap(END);
  private int[] older = new int[0];

  Index(Values.Longs column) {
    this.column = column;
  }

  void add(int slot) {
    long key = column.at(slot);
    if (key == Values.Longs.NONE) {
      return;
    }
    if (slot >= older.length) {
      older = Arrays.copyOf(older, Math.max(slot + 1024, slot + (slot >> 1)));
    }
    older[slot] = (int) newest.put(key, slot);
  }

  void remove(int slot) {
    long key = column.at(slot);
    int found = key == Values.Longs.NONE ? END : (int) newest.get(key);
    if (found == slot) {
      if (older[slot] == END) {
        newest.remove(key);
      } else {
        newest.put(key, older[slot]);
      }
      return;
    }
    while (found != END && older[found] != slot) {
      found = older[found];
    }
    if (found != END) {
      older[found] = older[slot];
    }
  }

  /** The slots that name the key, in the order in which they were added. */
  int[] slots(long key) {
    int count = 0;
    for (int slot = (int) newest.get(key); slot != END; slot = older[slot]) {
      count++;
    }
    int[] slots = new int[count];
    for (int slot = (int) newest.get(key); slot != END; slot = older[slot]) {
      slots[--count] = slot;
    }
    return slots;
  }
}
