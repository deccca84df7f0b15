package dev.leadline.agent;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** All questions to models. */
public interface AgentRuns extends Repository<AgentRun, String>, WordsOfLeads {

  AgentRun save(AgentRun run);

  Optional<AgentRun> findById(String id);

  /** In order, without the texts. */
  @Query(value = "{leadId: ?0}", fields = "{system: 0, question: 0, answer: 0}", sort = "{at: 1}")
  List<AgentRun> ofLead(String leadId);

  /** In order, with everything. */
  List<AgentRun> findByLeadIdAndStepAndJobKeyOrderByAt(String leadId, String step, long jobKey);

  /** All turns of an agent with tools, in order, with everything. */
  List<AgentRun> findByLeadIdAndStepAndTurnOfOrderByAt(String leadId, String step, long turnOf);

  /** The latest first, without the texts. */
  @Query(value = "{step: ?0}", fields = "{system: 0, question: 0, answer: 0}", sort = "{at: -1}")
  List<AgentRun> ofStep(String step, Limit limit);
}
