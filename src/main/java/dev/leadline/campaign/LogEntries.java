package dev.leadline.campaign;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** What happened in all runs. */
interface LogEntries extends Repository<LogEntry, String> {

  LogEntry insert(LogEntry entry);

  Page<LogEntry> findByExecutionIdOrderByAt(String executionId, Pageable page);

  Page<LogEntry> findByExecutionIdOrderByAtDesc(String executionId, Pageable page);
}
