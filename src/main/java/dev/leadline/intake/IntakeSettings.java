package dev.leadline.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keepRejected how long a payload or a row is kept of which no lead was made, and the file that it came in */
@ConfigurationProperties("leadline.intake")
public record IntakeSettings(@DefaultValue("90d") Duration keepRejected) {}
