package dev.leadline.lead;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How journeys are started.
 *
 * @param retryEvery how often, at the least, what the engine has not taken yet is sent again
 * @param atOnce most start messages under way at the same time
 */
@ConfigurationProperties("leadline.start")
record StartSettings(@DefaultValue("1m") Duration retryEvery, @DefaultValue("16") int atOnce) {}
