package io.foundling.console.model;

import io.foundling.console.model.database.DatabaseSettings;
import io.foundling.console.model.reading.ReaderSettings;
import java.time.Duration;

/**
 * What the read model needs to know.
 *
 * @param trailKept how long events, violations and dead letters are kept
 * @param erasedFor how long after an Erased later events of its subject stay out of the trail
 * @param upkeepEvery time between two passes that delete old rows
 */
public record ReadModelSettings(
        ReaderSettings reader,
        DatabaseSettings database,
        Duration trailKept,
        Duration erasedFor,
        Duration upkeepEvery) {}
