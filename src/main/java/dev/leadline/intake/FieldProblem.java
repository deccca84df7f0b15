package dev.leadline.intake;

/**
 * What is wrong with one field of what was sent.
 *
 * @param field name of the field as the API spells it, or "body" for the whole
 * @param reason goes on where the field's name ends: "is required"
 */
public record FieldProblem(String field, String reason) {}
