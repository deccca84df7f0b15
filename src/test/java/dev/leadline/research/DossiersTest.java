package dev.leadline.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.agent.Answer.Source;
import dev.leadline.research.Dossier.Visit;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

class DossiersTest {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void whatIsNewIsNumberedAfterWhatIsKnown() {
    var first = Dossier.empty("l1").with(List.of(fact("f1", "size", "180 people")), List.of(), Source.RULES, NOW);
    var more = first.with(
        List.of(fact("f1", "news", "They moved"), fact("f2", "size", "180 people")),
        List.of(new Visit("https://a.example", "read")), Source.MODEL, NOW);

    assertThat(more.facts()).extracting(Fact::id).containsExactly("f1", "f2");
    assertThat(more.facts()).extracting(Fact::quote).containsExactly("180 people", "They moved");
    assertThat(more.with(more.facts(), more.visits(), Source.RULES, NOW.plusSeconds(1))).isSameAs(more);
  }

  @Test
  void whoeverWritesAtTheSameTimeLosesNothing() {
    var stored = new AtomicReference<Dossier>();
    var faster = Dossier.empty("l1").with(List.of(fact("f1", "size", "180 people")), List.of(), Source.RULES, NOW);
    var dossiers = (Dossiers) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {Dossiers.class}, (proxy, method, arguments) -> {
          if (method.isDefault()) return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
          if (method.getName().equals("findById")) return Optional.ofNullable(stored.get());
          if (stored.compareAndSet(null, faster)) throw new OptimisticLockingFailureException("somebody was faster");
          stored.set((Dossier) arguments[0]);
          return arguments[0];
        });

    dossiers.change("l1", known -> known.with(List.of(fact("f1", "news", "They moved")), List.of(), Source.RULES, NOW));

    assertThat(stored.get().facts()).extracting(Fact::quote).containsExactly("180 people", "They moved");
  }

  private static Fact fact(String id, String kind, String quote) {
    return new Fact(id, kind, quote, "https://a.example", LocalDate.of(2026, 3, 2), quote);
  }
}
