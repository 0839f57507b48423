package io.foundling.service.it.silence;

import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.topology.names.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Sources that report something ten times a second, in all partitions, each until it is stopped. */
final class Heartbeats implements AutoCloseable {

    private static final long EVERY_MS = 100;

    private final EventFeed feed;
    private final Set<String> sources = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private long number;

    Heartbeats(EventFeed feed, List<String> sources) {
        this.feed = feed;
        this.sources.addAll(sources);
        thread.scheduleAtFixedRate(this::beat, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        String id = "beat-" + number++;
        for (String source : sources) {
            feed.enqueue(feed.record(
                    TopicNames.EVENTS, event(source, id, Instant.now(), new Completed(null, null, Map.of()))));
        }
    }

    static AuditEvent event(String source, String id, Instant at, Object body) {
        return Events.event(id, at, body).setSubject(subject(source, id)).build();
    }

    static Subject subject(String source, String id) {
        return new Subject(SubjectKind.RECORD, source, Events.STAGE, id);
    }

    /** Waits while they go on. */
    void goOnFor(Duration duration) {
        Instant end = Instant.now().plus(duration);
        await("heartbeats")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> !Instant.now().isBefore(end));
    }

    void stop(String source) {
        sources.remove(source);
    }

    void goOn(String source) {
        sources.add(source);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
