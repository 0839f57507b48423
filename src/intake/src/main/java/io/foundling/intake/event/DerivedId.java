package io.foundling.intake.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Ids of events that follow from what a repeat has, too, so that a repeat gives the same event. A derived id is a UUID of
 * version 3. How it is derived must never change: a repeat after an upgrade would count twice.
 */
public final class DerivedId {

    private DerivedId() {}

    /** Returns the id of an event of a request with a key. */
    public static UUID ofKey(String caller, String key, int index) {
        return of("intake", caller, key, Integer.toString(index));
    }

    /** Returns the id of a CloudEvent, whose source and id are unique together. */
    public static UUID ofCloudEvent(String source, String id) {
        return of("cloudevent", source, id);
    }

    /** The length of each part keeps two lists of parts from having the same text. */
    private static UUID of(String... parts) {
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            name.append(part.length()).append(':').append(part);
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    }
}
