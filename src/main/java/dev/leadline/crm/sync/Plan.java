package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.CrmRecords.Entry;
import dev.leadline.crm.CrmRecords.Field;
import dev.leadline.crm.CrmRecords.Kind;
import dev.leadline.crm.sync.CrmSettings.Truth;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What writing a record would do.
 *
 * @param found the record as it is in the CRM; empty when there is none
 * @param changes what would be written
 */
record Plan(Kind kind, Optional<Entry> found, Map<Field, String> changes) {

  /** Compares what we have to say with what is there, field by field, by whose word counts. */
  static Plan of(CrmRecords crm, CrmSettings settings, Kind kind, Map<Field, String> wanted, String natural) {
    var found = crm.find(kind, wanted.get(Field.ID), natural);
    var there = found.map(Entry::values).orElse(Map.of());
    var changes = new EnumMap<Field, String>(Field.class);
    wanted.forEach((field, value) -> {
      String is = there.get(field);
      Truth truth = settings.truthOf(field);
      boolean ours = found.isEmpty() || truth == Truth.LEADLINE || is == null;
      if (truth != Truth.NEVER && ours && !value.equals(is)) changes.put(field, value);
    });
    return new Plan(kind, found, changes);
  }

  /** @return the CRM's id of the record */
  String carryOut(CrmRecords crm) {
    if (found.isEmpty()) return crm.create(kind, changes);
    if (!changes.isEmpty()) crm.update(kind, found.get().id(), changes);
    return found.get().id();
  }

  /** Which fields, not what is in them. */
  String words() {
    String record = kind == Kind.PERSON ? "contact" : "company";
    if (found.isPresent() && changes.isEmpty()) return record + " as it should be";
    String fields = changes.keySet().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT).replace('_', ' ')).collect(Collectors.joining(", "));
    return "%s %s: %s".formatted(found.isPresent() ? "changed" : "new", record, fields);
  }
}
