package io.foundling.intake.event;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes the value of a field of a generated class. Any thread. */
@FunctionalInterface
interface ValueReader {

    /** @throws RefusedEventException if the JSON is not as expected */
    Object read(JsonNode json);
}
