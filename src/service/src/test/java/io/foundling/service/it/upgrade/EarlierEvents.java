package io.foundling.service.it.upgrade;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Completed;
import io.foundling.audit.Declared;
import io.foundling.audit.Deferred;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What services report to the earlier version: a little of everything that it stores. Subjects are named after what has
 * become of them when that version stops.
 */
final class EarlierEvents {

    static final BatchEvents SETTLED = new BatchEvents("settled");
    static final BatchEvents WHOLE = new BatchEvents("whole");
    static final BatchEvents OPEN = new BatchEvents("open");
    static final BatchEvents CLOSING = new BatchEvents("closing");
    static final BatchEvents REOPENED = new BatchEvents("reopened");

    /** Members of each batch; the first three come back. */
    static final int MEMBERS = 5;

    static final int RETURNED = 3;

    /** Attempts of the subject that has more facts than are kept. */
    static final int MANY = 80;

    private static final Duration FAR = Duration.ofDays(19 * 365);

    private final EventFeed feed;
    private final Instant begin;

    /** @param begin when most of it happened */
    EarlierEvents(EventFeed feed, Instant begin) {
        this.feed = feed;
        this.begin = begin;
    }

    /** Names of subjects that share a fate. */
    static List<String> ids(String fate) {
        return IntStream.rangeClosed(1, 5).mapToObj(i -> fate + '-' + i).toList();
    }

    /** What is due only after the earlier version has stopped. */
    private Instant later() {
        return begin.plus(Duration.ofMinutes(3));
    }

    void beforeAnyWarning() {
        Instant far = begin.plus(FAR);
        Instant soon = begin.plusMillis(100);
        for (String fate : List.of("warned", "recovered", "withdrawn")) {
            ids(fate).forEach(id -> send(Events.deferred(id, begin, soon)));
        }
        ids("later").forEach(id -> send(Events.deferred(id, begin, later())));
        ids("waiting").forEach(id -> send(Events.deferred(id, begin, far)));
        for (String id : ids("stone")) {
            send(Events.deferred(id, begin, far));
            send(Events.completed(id, begin.plusMillis(1)));
        }
        for (String id : ids("failed")) {
            send(Events.deferred(id, begin, far));
            send(Events.event(id, begin.plusMillis(1), new Failed("TIMEOUT", "no answer", false, Map.of()))
                    .build());
        }
        for (String id : ids("extended")) {
            send(Events.deferred(id, begin, begin.plusSeconds(60)));
            send(Events.event(id, begin.plusMillis(1), new Extended(milliseconds(later()), null))
                    .build());
        }
        for (String id : ids("retried")) {
            send(Events.deferred(id, begin, far));
            send(Events.event(id, begin.plusMillis(1), new Failed("BUSY", "", true, Map.of()))
                    .build());
            send(numbered(id, 2, 2, new Deferred(milliseconds(later()), null)));
        }
        for (String id : ids("superseded")) {
            send(numbered(id, 1, 0, new Deferred(milliseconds(far), null)));
            send(numbered(id, 2, 1, new Deferred(milliseconds(far), null)));
        }
        for (String id : ids("conflicting")) {
            send(numbered(id, 1, 0, new Completed(null, null, Map.of())));
            send(numbered(id, 1, 1, new Cancelled("by mistake", "somebody")));
        }
        many(far);
        batches();
        send(Events.event("nightly", begin, new Declared(86_400_000L, Map.of()))
                .setSubject(new Subject(SubjectKind.SCOPE, Events.SOURCE, "nightly", "accounts"))
                .build());
        hostile();
    }

    /** More facts than are kept of a subject: attempts that collapse, and extensions. */
    private void many(Instant far) {
        for (int attempt = 1; attempt <= MANY; attempt++) {
            send(numbered("collapsed", attempt, 2 * attempt, new Deferred(milliseconds(far), null)));
            send(numbered("collapsed", attempt, 2 * attempt + 1, new Completed(null, null, Map.of())));
        }
        send(Events.deferred("lengthened", begin, far));
        for (int i = 1; i <= MANY; i++) {
            send(Events.event("lengthened", begin.plusMillis(i), new Extended(milliseconds(far.plusMillis(i)), null))
                    .build());
        }
    }

    private void batches() {
        for (BatchEvents batch : List.of(SETTLED, WHOLE, OPEN, CLOSING, REOPENED)) {
            send(batch.opened(begin));
            send(batch.submitted(begin.plusMillis(1), MEMBERS));
            for (int i = 1; i <= MEMBERS; i++) {
                send(batch.deferred(i, begin));
                if (i <= RETURNED || batch == WHOLE) {
                    send(batch.returned(i, begin.plusMillis(2)));
                }
            }
        }
        send(SETTLED.closed(begin.plusMillis(3)));
        send(WHOLE.closed(begin.plusMillis(3)));
        send(REOPENED.closed(begin.plusMillis(3)));
        // Ahead of the clock, as far as an event may be: this closing is due only when the earlier version has stopped.
        send(CLOSING.closed(later()));
        send(Events.event("reopened", begin.plusSeconds(6), new Opened())
                .setSubject(REOPENED.batch())
                .build());
        Subject export = new Subject(SubjectKind.EXPORT, Events.SOURCE, "export", "1");
        send(Events.event("exported", begin, new Pending(begin, begin, 0L, null, null, null, "e-1", null))
                .setParent(export)
                .build());
    }

    private void hostile() {
        byte[] key = EventFeed.key(Events.completed("waiting-1", begin));
        feed.send(new ProducerRecord<>(TopicNames.EVENTS, key, "no Avro".getBytes(StandardCharsets.UTF_8)));
        feed.send(new ProducerRecord<>(TopicNames.EVENTS, key, null));
        AuditEvent stray = Events.completed("stray", begin);
        feed.send(new ProducerRecord<>(TopicNames.EVENTS, key, feed.bytes(TopicNames.EVENTS, stray)));
        AuditEvent nameless = Events.completed("", begin);
        feed.send(new ProducerRecord<>(TopicNames.EVENTS, feed.bytes(TopicNames.EVENTS, nameless)));
        send(Events.deferred("ancient", Instant.EPOCH, begin));
        send(Events.completed("ahead", begin.plus(Duration.ofHours(2))));
        send(Events.deferred("impossible", begin, Instant.EPOCH));
    }

    /** After the warnings of what was due. */
    void afterTheWarnings() {
        ids("recovered").forEach(id -> send(Events.completed(id, Instant.now())));
        ids("withdrawn").forEach(id -> send(Events.completed(id, begin.plusMillis(50))));
        send(SETTLED.returned(RETURNED + 1, Instant.now()));
    }

    /** After the earlier version has stopped, which never reads it. */
    void afterTheStop() {
        ids("unread").forEach(id -> send(Events.deferred(id, begin, later())));
    }

    private AuditEvent numbered(String id, int attempt, long afterMs, Object body) {
        return Events.event(id, begin.plusMillis(afterMs), body)
                .setAttempt(attempt)
                .build();
    }

    private void send(AuditEvent event) {
        feed.send(TopicNames.EVENTS, event);
    }

    private static Instant milliseconds(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }
}
