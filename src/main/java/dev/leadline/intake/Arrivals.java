package dev.leadline.intake;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** By which way leads came to us. */
@Component
public class Arrivals {

  private final MongoOperations mongo;

  Arrivals(MongoOperations mongo) {
    this.mongo = mongo;
  }

  private record Arrival(Channel channel) {}

  /** Empty for a lead that was no submission of its own, such as a row of a file. */
  public Optional<Channel> of(String leadId) {
    var query = Query.query(where("_id").is(leadId));
    query.fields().include("channel");
    return Optional.ofNullable(mongo.findOne(query, Arrival.class, "intakes")).map(Arrival::channel);
  }
}
