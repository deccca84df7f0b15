package dev.leadline.agent.tools;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keep how long transcripts and readings of agents are kept */
@ConfigurationProperties("leadline.agent")
record KeepSettings(@DefaultValue("30d") Duration keep) {}
