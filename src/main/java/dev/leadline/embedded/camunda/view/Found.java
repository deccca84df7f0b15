package dev.leadline.embedded.camunda.view;

import java.util.List;

/** One page of a search, and how many rows match in all. */
public record Found(List<Entity> items, int total, String startCursor, String endCursor) {}
