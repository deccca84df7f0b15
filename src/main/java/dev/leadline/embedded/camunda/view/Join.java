package dev.leadline.embedded.camunda.view;

import java.util.function.IntPredicate;
import org.agrona.collections.LongHashSet;

/**
 * Whether another table has a matching row that names this row's key. The first few are looked up; after that all
 * matching rows are collected once, because looking up a hundred thousand would take longer.
 */
final class Join implements IntPredicate {
  private static final int FEW = 500;

  private final Values.Longs own;
  private final Table other;
  private final String by;
  private final IntPredicate wanted;
  private int asked;
  private LongHashSet matching;

  Join(Values.Longs own, Table other, String by, IntPredicate wanted) {
    this.own = own;
    this.other = other;
    this.by = by;
    this.wanted = wanted;
  }

  @Override
  public boolean test(int slot) {
    long key = own.at(slot);
    if (asked++ < FEW) {
      for (int found : other.index(by).slots(key)) {
        if (wanted.test(found)) {
          return true;
        }
      }
      return false;
    }
    if (matching == null) {
      matching = collect();
    }
    return matching.contains(key);
  }

  private LongHashSet collect() {
    LongHashSet keys = new LongHashSet();
    Values.Longs naming = other.longs(by);
    other.visit(false, slot -> {
      if (wanted.test(slot)) {
        keys.add(naming.at(slot));
      }
    });
    return keys;
  }
}
