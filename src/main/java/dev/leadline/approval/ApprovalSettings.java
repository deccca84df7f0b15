package dev.leadline.approval;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which rules approvals are given.
 *
 * @param policyVersion part of what is approved: raise it, and what waits to be sent needs a new yes
 */
@ConfigurationProperties("leadline.approval")
record ApprovalSettings(@DefaultValue("1") String policyVersion) {}
