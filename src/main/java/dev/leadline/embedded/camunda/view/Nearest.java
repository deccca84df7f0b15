package dev.leadline.embedded.camunda.view;

import java.util.Arrays;

/** The first slots in some order out of many, without sorting the many. */
final class Nearest {

  /** An order of slots. */
  @FunctionalInterface
  interface Order {
    int compare(int left, int right);
  }

  private final Order order;
  private final long most;
  private int[] heap = new int[128];
  private int size;

  Nearest(Order order, long most) {
    this.order = order;
    this.most = most;
  }

  /** Takes the slot, if it is among the first so far; the last of them is on top of the heap. */
  void offer(int slot) {
    if (size < most) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      heap[size++] = slot;
      up(size - 1);
    } else if (size > 0 && order.compare(slot, heap[0]) < 0) {
      heap[0] = slot;
      down(size);
    }
  }

  private void up(int child) {
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (order.compare(heap[child], heap[parent]) <= 0) {
        return;
      }
      swap(child, parent);
      child = parent;
    }
  }

  private void down(int end) {
    int parent = 0;
    while (2 * parent + 1 < end) {
      int child = 2 * parent + 1;
      if (child + 1 < end && order.compare(heap[child + 1], heap[child]) > 0) {
        child++;
      }
      if (order.compare(heap[child], heap[parent]) <= 0) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  private void swap(int one, int other) {
    int slot = heap[one];
    heap[one] = heap[other];
    heap[other] = slot;
  }

  /** What was taken, in order. */
  int[] sorted() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      down(end);
    }
    return Arrays.copyOf(heap, size);
  }
}
