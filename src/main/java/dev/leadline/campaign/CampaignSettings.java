package dev.leadline.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What campaigns remember.
 *
 * @param keep how long somebody is remembered who was found, but not let in
 */
@ConfigurationProperties("leadline.campaign")
record CampaignSettings(@DefaultValue("30d") Duration keep) {}
