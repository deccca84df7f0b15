package dev.leadline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.LeadlineTest;
import io.camunda.client.CamundaClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoTemplate;

@LeadlineTest
class EmbeddedServersTest {

  @Autowired CamundaClient camunda;
  @Autowired MongoTemplate mongo;
  @Autowired TestRestTemplate web;
  @Autowired Environment environment;

  @Test
  void theApplicationFindsEveryServerThatNobodyConfigured() {
    assertThat(camunda.newTopologyRequest().send().join().getGatewayVersion()).startsWith("8.8.");
    assertThat(mongo.executeCommand("{hello: 1}")).containsEntry("isWritablePrimary", true);
    for (String server : new String[] {"camunda", "mongo", "mail"}) {
      assertThat(environment.getProperty("leadline.embedded." + server + ".running", Boolean.class)).isTrue();
    }
  }

  @Test
  void theirHealthIsUp() {
    assertThat(web.getForObject("/actuator/health", String.class))
        .contains("\"status\":\"UP\"")
        .doesNotContain("DOWN")
        .contains("camundaClient", "mongo", "mail");
  }
}
