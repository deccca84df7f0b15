package dev.leadline.agent;

import org.springframework.data.repository.Repository;

/** All questions to models. */
interface AgentRuns extends Repository<AgentRun, String> {

  AgentRun save(AgentRun run);
}
