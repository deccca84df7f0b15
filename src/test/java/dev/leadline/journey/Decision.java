package dev.leadline.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.dmn.DmnEngine;
import org.camunda.dmn.parser.ParsedDmn;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.impl.JavaValueMapper;
import org.camunda.feel.valuemapper.CustomValueMapper;
import org.camunda.feel.valuemapper.ValueMapper;
import scala.jdk.javaapi.CollectionConverters;

/** A decision of bpmn/, answering in Java values as the engine would. */
public final class Decision {

  private static final DmnEngine ENGINE = new DmnEngine.Builder().build();
  private static final ValueMapper JAVA =
      new ValueMapper.CompositeValueMapper(
          CollectionConverters.asScala(List.<CustomValueMapper>of(new JavaValueMapper()))
              .toList());

  private final String id;
  private final ParsedDmn file;

  private Decision(String id, ParsedDmn file) {
    this.id = id;
    this.file = file;
  }

  /** The decision that its file is named after. */
  public static Decision named(String id) {
    try (var xml = Files.newInputStream(Path.of("bpmn", id + ".dmn"))) {
      var parsed = ENGINE.parse(xml);
      if (parsed.isLeft()) throw new IllegalArgumentException(parsed.left().get().toString());
      return new Decision(id, parsed.right().get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  public Map<String, Object> answer(Map<String, Object> variables) {
    var answer = ENGINE.eval(file, id, variables);
    if (answer.isLeft()) throw new IllegalStateException(answer.left().get().toString());
    return (Map<String, Object>) JAVA.unpackVal((Val) answer.right().get().value());
  }
}
