package dev.leadline.knowledge;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Finds sections in memory: by what they are asked as, all words of it, and by the words of their text (BM25). */
final class SectionIndex {

  /** So many different words of a question have to be in a section's text to be about it. */
  private static final int WORDS_OF_TEXT = 3;
  private static final int LONGEST_QUESTION = 200;
  private static final float ASKED = 4;

  private static final Map<String, Analyzer> LANGUAGES = Map.of(
      "en", new EnglishAnalyzer(), "de", new GermanAnalyzer(), "fr", new FrenchAnalyzer(), "es", new SpanishAnalyzer(),
      "nl", new DutchAnalyzer(), "it", new ItalianAnalyzer());
  /** Words of any language as they are written, but for case and accents. */
  private static final Analyzer ANY = new Analyzer() {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      var words = new StandardTokenizer();
      return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
    }
  };

  private final List<Asked> asked;
  private final IndexSearcher searcher;

  /** @param phrases each a set of words that a question has all of */
  private record Asked(String id, List<Set<String>> phrases) {
    /** Words of the phrases that are there. */
    int in(Set<String> question) {
      return phrases.stream().filter(question::containsAll).flatMap(Set::stream).collect(Collectors.toSet()).size();
    }
  }

  SectionIndex(List<Section> sections) {
    asked = sections.stream().map(section -> new Asked(section.id(), Arrays.stream(section.asked().split(","))
        .map(phrase -> words(ANY, phrase)).filter(phrase -> !phrase.isEmpty()).toList())).toList();
    try {
      var directory = new ByteBuffersDirectory();
      try (var writer = new IndexWriter(directory, new IndexWriterConfig(ANY))) {
        for (Section section : sections) {
          var document = new Document();
          document.add(new StringField("id", section.id(), Store.YES));
          Analyzer analyzer = LANGUAGES.getOrDefault(section.language(), ANY);
          document.add(new TextField(
              section.language(), analyzer.tokenStream(section.language(), section.title() + "\n" + section.text())));
          writer.addDocument(document);
        }
      }
      searcher = new IndexSearcher(DirectoryReader.open(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids, the best first, each once. */
  List<String> find(String question, int most) {
    var scores = new HashMap<String, Float>();
    Set<String> plain = words(ANY, question);
    for (Asked section : asked) {
      int words = section.in(plain);
      if (words > 0) scores.merge(section.id(), ASKED * words, Float::sum);
    }
    try {
      var stored = searcher.storedFields();
      for (ScoreDoc hit : searcher.search(ofText(question), 4 * most).scoreDocs)
        scores.merge(stored.document(hit.doc).get("id"), hit.score, Float::sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scores.entrySet().stream()
        .sorted(Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry::getKey))
        .limit(most).map(Map.Entry::getKey).toList();
  }

  private static BooleanQuery ofText(String question) {
    var query = new BooleanQuery.Builder();
    LANGUAGES.forEach((language, analyzer) -> {
      var any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(WORDS_OF_TEXT);
      words(analyzer, question).forEach(word -> any.add(new TermQuery(new Term(language, word)), Occur.SHOULD));
      query.add(any.build(), Occur.SHOULD);
    });
    return query.build();
  }

  private static Set<String> words(Analyzer analyzer, String text) {
    var words = new LinkedHashSet<String>();
    try (var stream = analyzer.tokenStream("", new StringReader(text))) {
      var word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && words.size() < LONGEST_QUESTION) words.add(word.toString());
      stream.end();
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
