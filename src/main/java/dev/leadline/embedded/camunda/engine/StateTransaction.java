package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.db.TransactionContext;
import io.camunda.zeebe.db.TransactionOperation;
import io.camunda.zeebe.db.ZeebeDbTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes go to the tables at once; what was there before is kept until the commit, for a rollback. */
final class StateTransaction implements TransactionContext, ZeebeDbTransaction {
  private final AtomicInteger openTransactions;
  private final List<Before> before = new ArrayList<>();
  private boolean open;

  /** A value before its change; null if there was none. */
  private record Before(StateTable table, byte[] key, byte[] value) {}

  StateTransaction(AtomicInteger openTransactions) {
    this.openTransactions = openTransactions;
  }

  void put(StateTable table, byte[] key, byte[] value) {
    before.add(new Before(table, key, table.entries.put(key, value)));
  }

  void delete(StateTable table, byte[] key) {
    byte[] value = table.entries.remove(key);
    if (value != null) {
      before.add(new Before(table, key, value));
    }
  }

  @Override
  public void runInTransaction(TransactionOperation operations) {
    try {
      if (open) {
        operations.run();
        return;
      }
      begin();
      try {
        operations.run();
        commit();
      } finally {
        rollback();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("An operation on the engine's state failed.", e);
    }
  }

  @Override
  public ZeebeDbTransaction getCurrentTransaction() {
    if (!open) {
      begin();
    }
    return this;
  }

  private void begin() {
    open = true;
    openTransactions.incrementAndGet();
  }

  @Override
  public void run(TransactionOperation operations) throws Exception {
    operations.run();
  }

  @Override
  public void commit() {
    before.clear();
    end();
  }

  @Override
  public void rollback() {
    for (Before change : before.reversed()) {
      if (change.value() == null) {
        change.table().entries.remove(change.key());
      } else {
        change.table().entries.put(change.key(), change.value());
      }
    }
    before.clear();
    end();
  }

  private void end() {
    if (open) {
      open = false;
      openTransactions.decrementAndGet();
    }
  }
}
