package dev.leadline.model;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All versions of all agents' configurations; none is ever changed. */
public interface AgentConfigurations extends Repository<AgentConfiguration, String> {

  AgentConfiguration insert(AgentConfiguration configuration);

  Optional<AgentConfiguration> findFirstByStepOrderByVersionDesc(String step);

  List<AgentConfiguration> findByStepOrderByVersionDesc(String step);

  /** What holds now. */
  default AgentConfiguration of(String step) {
    return findFirstByStepOrderByVersionDesc(step).orElseGet(() -> AgentConfiguration.none(step));
  }
}
