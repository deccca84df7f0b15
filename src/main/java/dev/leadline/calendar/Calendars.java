package dev.leadline.calendar;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All providers of calendars. */
@Component
public class Calendars {

  private final List<Calendar> all;

  Calendars(List<Calendar> all) {
    this.all = all;
  }

  /** Empty when there is none of this name, or it has no key. */
  public Optional<Calendar> find(String name) {
    return all.stream().filter(one -> one.name().equals(name) && one.on()).findFirst();
  }

  public Calendar named(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException("No calendars of “%s” can be used here".formatted(name)));
  }

  /** Those that can be used. */
  public List<String> names() {
    return all.stream().filter(Calendar::on).map(Calendar::name).sorted().toList();
  }
}
