package io.foundling.client.internal.delivery;

import io.foundling.client.internal.spool.Spool;
import java.io.IOException;
import java.util.Optional;

/**
 * Checks that a recorder can send what another one, or an earlier one, left in a spool: the events must be meant for
 * its topic, and it must be able to read their schema. A later version may have written them with types that this one
 * lacks; reading them would lose them. Any thread.
 */
record SpoolCheck(String topic) {

    /** Returns why the recorder must not send the spool, as the end of a sentence; empty if it may. */
    Optional<String> objection(Spool spool) throws IOException {
        for (byte[] description : spool.descriptions()) {
            Optional<String> recorded = SpoolCodec.topic(description).filter(other -> !other.equals(topic));
            if (recorded.isPresent()) {
                return Optional.of("its events are for the topic " + recorded.get() + ", this recorder has " + topic);
            }
        }
        return unreadable(spool);
    }

    /** Returns why the events cannot be read, as the end of a sentence; empty if they can. */
    static Optional<String> unreadable(Spool spool) throws IOException {
        for (byte[] description : spool.descriptions()) {
            if (!SpoolCodec.isReadable(description)) {
                return Optional.of("its events have a schema of another version, which this one cannot read");
            }
        }
        return Optional.empty();
    }
}
