package dev.leadline.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keepRejected how long a payload is kept of which no lead was made */
@ConfigurationProperties("leadline.intake")
record IntakeSettings(@DefaultValue("90d") Duration keepRejected) {}
