package dev.leadline.embedded.camunda.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** The entries of one column family, in the order of their keys; neither keys nor values are ever changed in place. */
final class StateTable {
  final ConcurrentSkipListMap<byte[], byte[]> entries = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  byte[][] copy() {
    List<byte[]> copy = new ArrayList<>();
    entries.forEach((key, value) -> {
      copy.add(key);
      copy.add(value);
    });
    return copy.toArray(byte[][]::new);
  }
}
