package dev.leadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sets of moments behave like sets: minute by minute the same as a set of bits. */
class SpansTest {

  private static final Instant ZERO = Instant.parse("2027-01-01T00:00:00Z");

  @Provide
  Arbitrary<List<Span>> spans() {
    return Combinators.combine(Arbitraries.integers().between(0, 100), Arbitraries.integers().between(1, 20))
        .as((start, length) -> Span.of(ZERO.plus(Duration.ofMinutes(start)), Duration.ofMinutes(length)))
        .list().ofMaxSize(12);
  }

  @Property
  void everyOperationIsThatOfSets(@ForAll("spans") List<Span> one, @ForAll("spans") List<Span> two) {
    BitSet and = bits(one);
    and.and(bits(two));
    BitSet minus = bits(one);
    minus.andNot(bits(two));
    BitSet or = bits(one);
    or.or(bits(two));
    Spans first = Spans.of(one);
    Spans second = Spans.of(two);

    assertThat(bits(first.list())).isEqualTo(bits(one));
    assertThat(bits(first.and(second).list())).isEqualTo(and);
    assertThat(bits(first.minus(second).list())).isEqualTo(minus);
    assertThat(bits(first.or(second).list())).isEqualTo(or);
    assertThat(first.minus(second).or(first.and(second))).isEqualTo(first);
  }

  private static BitSet bits(List<Span> spans) {
    var bits = new BitSet();
    for (Span span : spans) bits.set(minute(span.start()), minute(span.end()));
    return bits;
  }

  private static int minute(Instant at) {
    return (int) Duration.between(ZERO, at).toMinutes();
  }
}
