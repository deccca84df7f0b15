package dev.leadline.knowledge;

import dev.leadline.knowledge.Section.Citation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The knowledge base as it is now: files are looked at again when they are needed, and read anew when one changed. */
@Component
public class Knowledge {

  private static final Logger log = LoggerFactory.getLogger(Knowledge.class);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final KnowledgeFiles files;
  private volatile Read read;

  private record Read(String state, List<Section> sections, SectionIndex index, long at) {
    boolean fresh() {
      return System.nanoTime() - at < FRESH.toNanos();
    }
  }

  /** @param folder as text, because Spring would look for a path inside the web application */
  @Autowired
  Knowledge(@Value("${leadline.knowledge.directory:knowledge}") String folder) {
    this(Path.of(folder).toAbsolutePath().normalize());
  }

  public Knowledge(Path folder) {
    this.files = new KnowledgeFiles(folder);
    if (now().sections().isEmpty())
      log.warn("No knowledge/*.md in {}: questions are answered by people only", folder);
  }

  /**
   * Sections that answer a question, the best first; none when nothing there is about it.
   *
   * @param language preferred; a section that is not there in it comes in English
   */
  public List<Section> find(String question, String language, int most) {
    Read known = now();
    return known.index().find(question, most).stream().flatMap(id -> in(known, id, language).stream()).toList();
  }

  /** Everything there is, in one language or English. */
  public Optional<Section> section(String id, String language) {
    return in(now(), id, language);
  }

  /** What an answer cites; empty when it cites nothing of ours or the section has changed since. */
  public Optional<Section> cited(String citation) {
    return Citation.of(citation).flatMap(wanted -> now().sections().stream()
        .filter(section -> section.id().equals(wanted.id()) && section.language().equals(wanted.language()))
        .filter(section -> section.version().equals(wanted.version()))
        .findFirst());
  }

  private static Optional<Section> in(Read known, String id, String language) {
    List<Section> all = known.sections().stream().filter(section -> section.id().equals(id)).toList();
    return all.stream().filter(section -> section.language().equals(language)).findFirst()
        .or(() -> all.stream().filter(section -> section.language().equals("en")).findFirst());
  }

  private Read now() {
    Read known = read;
    if (known != null && known.fresh()) return known;
    synchronized (this) {
      if (read != null && read.fresh()) return read;
      String state = files.state();
      if (read != null && read.state().equals(state)) {
        read = new Read(state, read.sections(), read.index(), System.nanoTime());
      } else {
        List<Section> sections = files.sections();
        read = new Read(state, sections, new SectionIndex(sections), System.nanoTime());
      }
      return read;
    }
  }
}
