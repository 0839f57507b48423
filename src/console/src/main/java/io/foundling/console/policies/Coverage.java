package io.foundling.console.policies;

import java.time.Instant;
import java.util.Optional;

/**
 * What was read of a trail.
 *
 * @param first when the first event was appended that is there; none if there is none
 * @param leadIn events appended before the window: they are read, so that what began before it is judged, too
 * @param inWindow events appended in the window
 */
public record Coverage(Optional<Instant> first, long leadIn, long inWindow) {}
