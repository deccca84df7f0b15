package dev.leadline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.RunningServers.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class RunningServersTest {

  @TempDir Path data;

  @Test
  void healthIsDownWithTheReasonAsLongAsAServerCannotWork() {
    AtomicReference<String> trouble = new AtomicReference<>();
    try (RunningServers servers =
        RunningServers.start(
            DataDirectory.open(data),
            List.of(
                () -> new Server(() -> {}, Map.of(), trouble::get), () -> new Server(() -> {}, Map.of(), () -> null)))) {
      assertThat(servers.health().getStatus()).isEqualTo(Status.UP);
      trouble.set("The disk is almost full.");
      assertThat(servers.health())
          .isEqualTo(Health.down().withDetail("reason", "The disk is almost full.").build());
      trouble.set(null);
      assertThat(servers.health().getStatus()).isEqualTo(Status.UP);
    }
  }
}
