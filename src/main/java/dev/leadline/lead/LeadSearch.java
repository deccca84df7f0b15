package dev.leadline.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Finds leads by words, stage and tier, newest first. */
@Component
public class LeadSearch {

  private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "registeredAt", "_id");

  private final MongoOperations mongo;

  LeadSearch(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /**
   * @param words part of a name, company or e-mail address, or several of these; null or blank finds all
   * @param stage null finds all
   * @param tier null finds all
   * @param page counted from 0
   */
  public Page<Lead> find(String words, Lead.Stage stage, Lead.Tier tier, int page, int size) {
    var criteria = new ArrayList<Criteria>();
    if (stage != null) criteria.add(Criteria.where("stage").is(stage));
    if (tier != null) criteria.add(Criteria.where("tier").is(tier));
    if (words != null) criteria.addAll(PlainText.line(words).lines().flatMap(Pattern.compile(" ")::splitAsStream)
        .filter(word -> !word.isEmpty()).limit(10).map(LeadSearch::contains).toList());

    var query = criteria.isEmpty() ? new Query() : new Query(new Criteria().andOperator(criteria));
    long total = mongo.count(query, Lead.class);
    var window = PageRequest.of(page, size, NEWEST_FIRST);
    List<Lead> found = window.getOffset() >= total ? List.of() : mongo.find(query.with(window), Lead.class);
    return new PageImpl<>(found, window, total);
  }

  private static Criteria contains(String word) {
    var part = Pattern.compile(Pattern.quote(word), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return new Criteria().orOperator(
        Criteria.where("name").regex(part), Criteria.where("company").regex(part),
        Criteria.where("email").regex(part), Criteria.where("address").regex(part));
  }
}
