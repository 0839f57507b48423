package io.foundling.intake.event;

import io.foundling.audit.Producer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What an event has that its JSON leaves out.
 *
 * @param eventId none if the JSON must have one
 * @param occurredAt none if the JSON must have it: a repeat with the same id would otherwise say another time
 * @param producer parts of it are used, too
 */
public record Origin(Optional<UUID> eventId, Optional<Instant> occurredAt, Producer producer) {}
