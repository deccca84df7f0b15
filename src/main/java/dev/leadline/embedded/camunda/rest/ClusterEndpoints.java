package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the cluster says of itself, and the switches that only tests have. */
final class ClusterEndpoints {
  private final Broker broker;

  ClusterEndpoints(Broker broker) {
    this.broker = broker;
  }

  void topology(Call call) {
    Map<String, Object> partition =
        Map.of("partitionId", 1, "role", "leader", "health", broker.healthy() ? "healthy" : "unhealthy");
    Map<String, Object> node =
        Map.of(
            "nodeId", 0,
            "host", "127.0.0.1",
            "port", 26501,
            "version", Broker.VERSION,
            "partitions", List.of(partition));
    call.json(
        200,
        Map.of(
            "brokers", List.of(node),
            "clusterSize", 1,
            "partitionsCount", 1,
            "replicationFactor", 1,
            "gatewayVersion", Broker.VERSION,
            "lastCompletedChangeId", Integer.toString(broker.purges())));
  }

  void status(Call call) {
    call.empty(broker.healthy() ? 204 : 503);
  }

  void license(Call call) {
    call.json(200, Map.of("validLicense", false, "licenseType", "unknown", "isCommercial", false));
  }

  void me(Call call) {
    call.json(
        200,
        Map.of(
            "username", "anonymous",
            "displayName", "Anonymous",
            "authorizedComponents", List.of("*"),
            "tenants", List.of(Map.of("tenantId", "<default>", "name", "Default")),
            "groups", List.of(),
            "roles", List.of(),
            "salesPlanType", "",
            "c8Links", Map.of(),
            "canLogout", false));
  }

  void clock(Call call) {
    call.json(200, Map.of("epochMilli", broker.clock().millis(), "instant", broker.clock().instant().toString()));
  }

  void addTime(Call call) {
    broker.clock().add(Duration.ofMillis(call.body("offsetMilli").number("offsetMilli", 0)));
    clock(call);
  }

  void resetClock(Call call) {
    broker.clock().reset();
    clock(call);
  }

  /** Stands still at the given time until it is reset. */
  void pinClock(Call call) {
    Body body = call.body("timestamp");
    Long timestamp = body.number("timestamp");
    new Checks()
        .required(body, "timestamp")
        .expect(
            timestamp == null || timestamp >= 0,
            "The value for timestamp is '%d' but must be not negative",
            timestamp)
        .done();
    broker.clock().pin(Instant.ofEpochMilli(timestamp));
    call.empty(204);
  }

  void releaseClock(Call call) {
    broker.clock().reset();
    call.empty(204);
  }

  void purge(Call call) throws IOException {
    call.json(200, Map.of("changeId", broker.purge(), "currentTopology", List.of(), "plannedChanges", List.of()));
  }
}
