package dev.leadline.agent;

import java.math.BigDecimal;

/**
 * What thinking cost.
 *
 * @param questions to models
 * @param money as far as prices are known
 */
public record Cost(long questions, long tokens, BigDecimal money, String currency) {}
