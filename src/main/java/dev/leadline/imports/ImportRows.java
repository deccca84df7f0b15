package dev.leadline.imports;

import dev.leadline.intake.Verdict;
import java.util.Collection;
import java.util.stream.Stream;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** What was said to every row of every import. */
interface ImportRows extends Repository<ImportRow, String> {

  <S extends ImportRow> Iterable<S> saveAll(Iterable<S> rows);

  Page<ImportRow> findByImportIdAndVerdictInOrderByNumber(
      String importId, Collection<Verdict.Outcome> verdicts, Pageable window);

  Stream<ImportRow> findByImportIdOrderByNumber(String importId);
}
