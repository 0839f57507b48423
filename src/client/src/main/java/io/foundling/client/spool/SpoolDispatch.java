package io.foundling.client.spool;

import io.foundling.client.internal.delivery.SpoolTransfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends a spool by hand. */
public final class SpoolDispatch {

    private SpoolDispatch() {}

    /**
     * What became of the events of a spool. If none is left, its directory is gone, unless damaged segments are in it.
     *
     * @param lost how many events the broker will never take, or cannot be read; they are not in the spool any more
     * @param bytesLeft how many bytes of events are still in the spool
     * @param problem why they are
     */
    public record Result(long written, long lost, long bytesLeft, Optional<String> problem) {}

    /**
     * Takes the lock of the spool and sends what waits in it, in order and as it was recorded.
     *
     * @param properties {@code audit.bootstrap.servers}, {@code audit.schema.registry.url}, {@code audit.topic} and
     *     settings of the producer as {@code audit.kafka.…}
     * @param patience how long no event may be acknowledged or lost before it gives up
     * @return empty if a recorder uses the spool, and then nothing was sent
     * @throws IllegalArgumentException if a setting is wrong; the message lists every problem
     * @throws IOException if the directory cannot be used, belongs to another user, or has events that this version
     *     cannot read; nothing is sent then
     */
    public static Optional<Result> send(Path directory, Map<String, String> properties, Duration patience)
            throws IOException {
        return new SpoolTransfer(properties, patience)
                .send(directory)
                .map(outcome -> new Result(
                        outcome.written(),
                        outcome.lost(),
                        outcome.bytesLeft(),
                        outcome.problem().map(Throwable::getMessage)));
    }
}
