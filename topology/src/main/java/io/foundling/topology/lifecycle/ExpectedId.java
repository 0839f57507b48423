package io.foundling.topology.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The eventId of an Expected that the ledger sends for an expectation (rule E3). */
public final class ExpectedId {

    private ExpectedId() {}

    /**
     * Returns the id. It does not depend on the eventId of the cause, so that a rebuild finds it again.
     *
     * @param expectation its name
     * @param causeKey key of the subject with the cause
     */
    public static UUID of(String expectation, String causeKey, long causedAtMs) {
        String content = "expected " + causedAtMs + ' ' + causeKey + ' ' + expectation;
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    }
}
