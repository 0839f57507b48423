package io.foundling.console.model.query;

import io.foundling.audit.AlertType;

/**
 * How many alerts of a type fire.
 *
 * @param subjects that they count together
 */
public record AlertCount(AlertType type, long alerts, long subjects) {}
