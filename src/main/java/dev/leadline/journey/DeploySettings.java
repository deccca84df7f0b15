package dev.leadline.journey;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and from where Leadline deploys its journeys.
 *
 * @param deploy application.yaml says: only to the embedded engine; elsewhere Camunda Modeler or a pipeline does it
 * @param directory where bpmn/ and forms/ are
 * @param retry pause before the next attempt when the engine does not answer
 */
@ConfigurationProperties("leadline.journey")
record DeploySettings(
    @DefaultValue("false") boolean deploy,
    @DefaultValue(".") String directory,
    @DefaultValue("10s") Duration retry) {

  /** As text, because Spring would look for a path inside the web application. */
  Path path() {
    return Path.of(directory).toAbsolutePath().normalize();
  }
}
