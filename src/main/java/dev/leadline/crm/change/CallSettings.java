package dev.leadline.crm.change;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a CRM proves that it is the one that calls; from the environment, and in no file.
 *
 * @param hubspotSecrets client secrets of the app, several while one follows the other; empty refuses every call
 * @param pipedriveUser name and
 * @param pipedrivePassword password the webhook was made with; without them every call is refused
 * @param calledAt address of Leadline under which HubSpot calls: its signature covers the whole address
 */
@ConfigurationProperties("leadline.crm")
record CallSettings(
    List<String> hubspotSecrets, String pipedriveUser, String pipedrivePassword,
    @DefaultValue("http://localhost:8080") URI calledAt) {

  CallSettings {
    hubspotSecrets = hubspotSecrets == null ? List.of() : hubspotSecrets.stream().filter(s -> !s.isBlank()).toList();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "CallSettings[" + calledAt + "]";
  }
}
