package dev.leadline;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;

/** A repository of records that lives as long as its test. */
public final class Memory implements InvocationHandler {

  private final Map<Object, Object> records = new ConcurrentHashMap<>();

  private Memory() {}

  @SuppressWarnings("unchecked")
  public static <T> T of(Class<T> repository) {
    return (T) Proxy.newProxyInstance(repository.getClassLoader(), new Class<?>[] {repository}, new Memory());
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.isDefault()) return InvocationHandler.invokeDefault(proxy, method, arguments);
    return switch (method.getName()) {
      case "save" -> {
        records.put(idOf(arguments[0]), arguments[0]);
        yield arguments[0];
      }
      case "findById" -> Optional.ofNullable(records.get(arguments[0]));
      case "insert" -> {
        if (records.putIfAbsent(idOf(arguments[0]), arguments[0]) != null) throw new DuplicateKeyException("same id");
        yield arguments[0];
      }
      case "deleteAll" -> {
        records.clear();
        yield null;
      }
      case "idsOf" -> List.of();
      case "findByLeadIdOrderByAt", "findByLeadIdOrderByWrittenAt", "findByLeadIdOrderByProposedAt" -> records.values().stream()
          .filter(entry -> entry.toString().contains("leadId=" + arguments[0] + ","))
          .toList();
      case "number" -> 0L;
      case "findByRunAndLeadIdOrderByAt" -> records.values().stream()
          .filter(reading -> arguments[0].equals(of("run", reading)) && arguments[1].equals(of("leadId", reading)))
          .sorted(Comparator.comparing(Object::toString))
          .toList();
      case "toString" -> "records " + records.keySet();
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  private static Object of(String component, Object document) {
    try {
      return document.getClass().getMethod(component).invoke(document);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Object idOf(Object document) throws ReflectiveOperationException {
    for (RecordComponent component : document.getClass().getRecordComponents()) {
      if (document.getClass().getDeclaredField(component.getName()).isAnnotationPresent(Id.class)) {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(document);
      }
    }
    throw new IllegalArgumentException("no @Id in " + document.getClass());
  }
}
