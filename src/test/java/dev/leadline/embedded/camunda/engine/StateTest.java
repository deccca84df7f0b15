package dev.leadline.embedded.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.EmbeddedFailure;
import io.camunda.zeebe.db.ColumnFamily;
import io.camunda.zeebe.db.TransactionContext;
import io.camunda.zeebe.db.impl.DbCompositeKey;
import io.camunda.zeebe.db.impl.DbLong;
import io.camunda.zeebe.db.impl.DbString;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
  private final State state = new State(new CompositeMeterRegistry());
  private final TransactionContext context = state.createContext();
  private final DbLong scope = new DbLong();
  private final DbString name = new DbString();
  private final DbString value = new DbString();
  private final DbCompositeKey<DbLong, DbString> key = new DbCompositeKey<>(scope, name);
  private final ColumnFamily<DbCompositeKey<DbLong, DbString>, DbString> variables = variables(state, context);

  private static ColumnFamily<DbCompositeKey<DbLong, DbString>, DbString> variables(State state, TransactionContext context) {
    return state.createColumnFamily(
        ZbColumnFamilies.VARIABLES, context, new DbCompositeKey<>(new DbLong(), new DbString()), new DbString());
  }

  private void put(long scopeKey, String variable, String text) {
    scope.wrapLong(scopeKey);
    name.wrapString(variable);
    value.wrapString(text);
    variables.upsert(key, value);
  }

  private String get(long scopeKey, String variable) {
    scope.wrapLong(scopeKey);
    name.wrapString(variable);
    DbString found = variables.get(key);
    return found == null ? null : found.toString();
  }

  private List<String> of(long scopeKey) {
    List<String> found = new ArrayList<>();
    scope.wrapLong(scopeKey);
    variables.whileEqualPrefix(scope, (one, text) -> { found.add(one.second() + "=" + text); });
    return found;
  }

  @Test
  void aPrefixFindsItsKeysInOrderAndNoOthers() {
    put(2, "b", "3");
    put(1, "c", "2");
    put(1, "a", "1");
    put(256, "a", "4");
    assertThat(of(1)).containsExactly("a=1", "c=2");
    assertThat(of(2)).containsExactly("b=3");
    assertThat(of(3)).isEmpty();
    scope.wrapLong(1);
    assertThat(variables.countEqualPrefix(scope)).isEqualTo(2);
  }

  @Test
  void whatIsVisitedMayBeDeleted() {
    put(1, "a", "1");
    put(1, "b", "2");
    put(2, "a", "3");
    scope.wrapLong(1);
    variables.whileEqualPrefix(scope, (one, text) -> { variables.deleteExisting(one); });
    assertThat(of(1)).isEmpty();
    assertThat(of(2)).containsExactly("a=3");
  }

  @Test
  void aRollbackBringsBackWhatWasThere() throws Exception {
    put(1, "kept", "before");
    put(1, "deleted", "before");
    var transaction = context.getCurrentTransaction();
    transaction.run(() -> {
      put(1, "kept", "after");
      put(1, "kept", "later");
      put(1, "new", "after");
      scope.wrapLong(1);
      name.wrapString("deleted");
      variables.deleteIfExists(key);
    });
    assertThat(of(1)).containsExactlyInAnyOrder("kept=later", "new=after");
    assertThat(state.copy()).as("no copy in the middle of a transaction").isNull();
    transaction.rollback();
    assertThat(of(1)).containsExactlyInAnyOrder("deleted=before", "kept=before");
  }

  @Test
  void anExceptionRollsBack() {
    assertThatThrownBy(
            () ->
                context.runInTransaction(() -> {
                  put(1, "a", "1");
                  throw new IllegalArgumentException("no");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(get(1, "a")).isNull();
    assertThat(state.copy()).isNotNull();
  }

  @Test
  void aCopyIsThatOfItsMomentAndCanBeLoaded(@TempDir Path directory) throws IOException {
    put(1, "a", "Zoë ✓");
    State.Copy copy = state.copy();
    put(1, "a", "changed");
    put(1, "b", "new");
    copy.save(directory);
    State loaded = new State(new CompositeMeterRegistry());
    loaded.load(directory);
    var again = variables(loaded, loaded.createContext());
    scope.wrapLong(1);
    name.wrapString("a");
    assertThat(again.get(key)).hasToString("Zoë ✓");
    assertThat(again.count()).isEqualTo(1);
  }

  @Test
  void aDamagedFileIsRefused(@TempDir Path directory) throws IOException {
    put(1, "a", "text that is long enough to be cut");
    state.copy().save(directory);
    Path file = directory.resolve("state.gz");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
    assertThatThrownBy(() -> new State(new CompositeMeterRegistry()).load(directory))
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining(directory.toString());
  }
}
