package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import io.foundling.client.QueueFullPolicy;
import io.foundling.client.RecorderBuilder;
import java.time.Duration;
import java.util.function.Function;

/** The ways to report events that are compared. */
enum Kind {
    NOTHING("nothing (the floor of this machine)", site -> new Nothing()),
    BLOCK("recorder, BLOCK", site -> unwatched(site.recorder().queueFull(QueueFullPolicy.BLOCK))),
    ROOM("recorder, BLOCK, room for 1 M events", site -> unwatched(withRoom(site))),
    SPILL("recorder, SPILL", site -> unwatched(spilling(site))),
    SPILL_FORCED_LATER(
            "recorder, SPILL, forced within 100 ms",
            site -> unwatched(spilling(site).durable(Duration.ofMillis(100)))),
    SPILL_FORCED(
            "recorder, SPILL, forced before the call returns",
            site -> unwatched(spilling(site).durable(Duration.ZERO))),
    PRODUCER("KafkaProducer.send", ProducerContender::new),
    SQLITE("SQLite, WAL, FULL, a commit each", SqliteContender::new),

    DEFAULT_BLOCK("recorder, BLOCK", site -> watched(site.recorder().queueFull(QueueFullPolicy.BLOCK))),
    DEFAULT_DROP_NEWEST(
            "recorder, DROP_NEWEST", site -> watched(site.recorder().queueFull(QueueFullPolicy.DROP_NEWEST))),
    DEFAULT_DROP_OLDEST(
            "recorder, DROP_OLDEST", site -> watched(site.recorder().queueFull(QueueFullPolicy.DROP_OLDEST))),
    DEFAULT_SPILL("recorder, SPILL", site -> watched(spilling(site))),
    PATIENT("recorder, BLOCK for as long as it takes", site -> unwatched(patient(site)));

    private static final int ROOM_EVENTS = 1_000_000;
    private static final long ROOM_BYTES = 1L << 30;
    private static final long SPOOL_BYTES = 4L << 30;

    private final String label;
    private final Function<Site, Contender> opening;

    Kind(String label, Function<Site, Contender> opening) {
        this.label = label;
        this.opening = opening;
    }

    String label() {
        return label;
    }

    Contender open(Site site) {
        return opening.apply(site);
    }

    private static RecorderBuilder withRoom(Site site) {
        return site.recorder().queue(ROOM_EVENTS, ROOM_BYTES);
    }

    private static RecorderBuilder spilling(Site site) {
        return site.recorder().spill(site.directory(), SPOOL_BYTES);
    }

    private static RecorderBuilder patient(Site site) {
        return site.recorder().queueFull(QueueFullPolicy.BLOCK).blockLimit(Duration.ofMinutes(2));
    }

    private static Contender unwatched(RecorderBuilder builder) {
        return new RecorderContender(builder, false);
    }

    private static Contender watched(RecorderBuilder builder) {
        return new RecorderContender(builder, true);
    }

    private record Nothing() implements Contender {
        @Override
        public void call(long n, Subject subject) {}

        @Override
        public boolean settle(Duration limit) {
            return true;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
