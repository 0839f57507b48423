package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import java.time.Instant;
import java.util.Optional;

/**
 * A declared scope, and how fresh it is.
 *
 * @param since the limit that has passed; none if it is fresh
 * @param judgedAt the audit clock of its ledger task, by which it was classified
 */
public record ClassifiedScope(
        Disposition scope, Classification classification, Optional<Instant> since, Instant judgedAt) {}
