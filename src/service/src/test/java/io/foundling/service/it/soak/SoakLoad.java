package io.foundling.service.it.soak;

import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Honest and hostile producers in one thread: promises that are kept, kept late, extended, tried again or lost, batches
 * that miss members, and everything that a topic can hold besides. It writes down what must become of it.
 */
final class SoakLoad implements AutoCloseable {

    private static final int MEMBERS = 6;

    /** More than a task counts by name. */
    private static final int INVENTED_AT_FIRST = 5_000;

    private static final Duration LONG = Duration.ofSeconds(90);

    private final EventFeed feed;
    private final SoakExpected expected = new SoakExpected();
    private final AtomicLong round = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> running;

    SoakLoad(LocalStack stack) {
        feed = EventFeed.into(stack);
    }

    SoakExpected expected() {
        return expected;
    }

    /** Reports of the sources that matter come first, so that they are counted by name; then the invented ones. */
    void start() {
        produce();
        for (int i = 0; i < INVENTED_AT_FIRST; i++) {
            invent("first-" + i);
        }
        feed.producer().flush();
        running = thread.scheduleAtFixedRate(this::produce, 100, 100, TimeUnit.MILLISECONDS);
    }

    boolean isAlive() {
        return !running.isDone();
    }

    long rounds() {
        return round.get();
    }

    private void produce() {
        long n = round.incrementAndGet();
        Instant now = now();
        keep("kept-" + n, now);
        lose(n, now);
        if (n % 20 == 3) {
            keepLate("late-" + n, now);
            tryAgain("retried-" + n, now);
            extend("extended-" + n, now);
        }
        if (n % 20 == 9) {
            settle(new BatchEvents("b" + n), n);
        }
        if (n % 10 == 5) {
            hostile(n, now);
        }
    }

    private void keep(String id, Instant now) {
        AuditEvent promise = Events.deferred(id, now, now.plus(LONG));
        send(promise);
        send(promise);
        later(2, () -> send(Events.completed(id, now())));
        later(3, () -> send(promise));
    }

    private void lose(long n, Instant now) {
        if (n % 10 != 1) {
            return;
        }
        String id = "lost-" + n;
        expected.orphans().add(Events.key(id));
        send(Events.deferred(id, now, now.plusSeconds(3)));
    }

    private void keepLate(String id, Instant now) {
        expected.recovered().add(Events.key(id));
        send(Events.deferred(id, now, now.plusSeconds(2)));
        later(5, () -> send(Events.completed(id, now())));
    }

    private void tryAgain(String id, Instant now) {
        send(numbered(id, 1, now, new Deferred(now.plus(LONG), null)));
        send(numbered(id, 1, now.plusMillis(1), new Failed("BUSY", "", true, Map.of())));
        later(1, () -> send(numbered(id, 2, now(), new Deferred(now().plus(LONG), null))));
        later(
                3,
                () -> send(Events.event(id, now(), Events.completed(id, now()).getBody())
                        .setAttempt(2)
                        .build()));
    }

    private void extend(String id, Instant now) {
        send(Events.deferred(id, now, now.plusSeconds(30)));
        for (int i = 1; i <= 70; i++) {
            send(Events.event(id, now.plusMillis(i), new Extended(now.plus(LONG).plusMillis(i), null))
                    .build());
        }
        later(4, () -> send(Events.completed(id, now())));
    }

    /** Every third batch is whole, the others miss one member, every other one of which comes back after all. */
    private void settle(BatchEvents batch, long n) {
        boolean isWhole = n % 60 == 9;
        boolean comesBack = n % 60 == 29;
        send(batch.opened(now()));
        send(batch.submitted(now(), MEMBERS));
        for (int i = 1; i <= MEMBERS; i++) {
            send(batch.deferred(i, now()));
        }
        later(2, () -> {
            for (int i = isWhole ? 1 : 2; i <= MEMBERS; i++) {
                send(batch.returned(i, now()));
            }
        });
        later(4, () -> {
            AuditEvent closed = batch.closed(now());
            send(closed);
            send(closed);
        });
        expected.missing().put(batch.settlementKey(1), isWhole || comesBack ? 0 : 1);
        if (comesBack) {
            expected.recovered().add(batch.memberKey(1));
            later(25, () -> send(batch.returned(1, now())));
        } else if (!isWhole) {
            expected.orphans().add(batch.memberKey(1));
        }
    }

    private void hostile(long n, Instant now) {
        invent("more-" + n);
        AuditEvent stray = Events.completed("stray-" + n, now);
        byte[] key = Events.key("somebody-else").getBytes(StandardCharsets.UTF_8);
        deadLetter(new ProducerRecord<>(TopicNames.EVENTS, key, feed.bytes(TopicNames.EVENTS, stray)));
        deadLetter(new ProducerRecord<>(TopicNames.EVENTS, key, new byte[] {0, 0, 0, 127, 127, 1, 2, 3}));
        deadLetter(new ProducerRecord<>(TopicNames.EVENTS, key, null));
        send(Events.completed("future-" + n, now.plus(Duration.ofDays(400))));
        send(late("laggard-" + n, now));
        if (n % 50 == 5) {
            deadLetter(new ProducerRecord<>(TopicNames.EVENTS, key, new byte[700_000]));
            Map<String, String> metadata = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                metadata.put("key-" + i, "x".repeat(2_000));
            }
            send(Events.event(
                            "huge-" + n, now, Events.completed("huge-" + n, now).getBody())
                    .setMetadata(metadata)
                    .build());
        }
    }

    /** A source and a stage that nobody has heard of. */
    private void invent(String name) {
        String id = "invented";
        send(Events.event(id, now(), Events.completed(id, now()).getBody())
                .setSubject(new Subject(SubjectKind.RECORD, "invented-" + name, name, id))
                .build());
    }

    /** From a source that reports everything 20 s late. */
    private static AuditEvent late(String id, Instant now) {
        Instant then = now.minusSeconds(20);
        return Events.event(id, then, Events.completed(id, then).getBody())
                .setSubject(new Subject(SubjectKind.RECORD, "laggard", Events.STAGE, id))
                .build();
    }

    private static AuditEvent numbered(String id, int attempt, Instant at, Object body) {
        return Events.event(id, at, body).setAttempt(attempt).build();
    }

    private void deadLetter(ProducerRecord<byte[], byte[]> record) {
        expected.deadLetters().incrementAndGet();
        feed.enqueue(record);
    }

    private void send(AuditEvent event) {
        // The default partitioner puts the key of the subject where it belongs.
        feed.enqueue(new ProducerRecord<>(
                TopicNames.EVENTS,
                SubjectKey.of(event.getSubject()).getBytes(StandardCharsets.UTF_8),
                feed.bytes(TopicNames.EVENTS, event)));
    }

    private void later(int seconds, Runnable action) {
        thread.schedule(action, seconds, TimeUnit.SECONDS);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Makes no more promises; what was promised is kept. */
    void end() {
        running.cancel(false);
        thread.shutdown();
        await("the last promises").atMost(Duration.ofMinutes(2)).until(thread::isTerminated);
        feed.producer().flush();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        feed.close();
    }
}
