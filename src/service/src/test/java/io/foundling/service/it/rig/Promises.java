package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Promises that a test makes, keeps and breaks while something else goes wrong, and what a consumer must have seen of each in
 * the end: every disposition once and in order, one warning for each broken promise, and no other.
 */
public final class Promises implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String NAME = "promise-";
    private static final List<String> HEADERS = List.of("foundling.change", "foundling.attempt", "foundling.status");

    private final EventFeed feed;
    private final Output<Disposition> dispositions;
    private final Output<OrphanWarning> orphans;
    private final AtomicInteger made = new AtomicInteger();
    private final Set<String> open = new ConcurrentSkipListSet<>();
    private final Set<String> kept = new ConcurrentSkipListSet<>();
    private final Set<String> broken = new ConcurrentSkipListSet<>();
    private final Map<String, List<String>> disposed = new HashMap<>();
    private final Map<String, List<String>> warned = new HashMap<>();
    private int dispositionsRead;
    private int warningsRead;

    public Promises(LocalStack stack) {
        feed = EventFeed.into(stack);
        dispositions = new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class);
        orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class);
    }

    /** Returns these promises on another cluster to which all topics were copied, where they are kept and broken from now on. */
    public Promises on(LocalStack another) {
        Promises moved = new Promises(another);
        moved.made.set(made.get());
        moved.open.addAll(open);
        moved.kept.addAll(kept);
        moved.broken.addAll(broken);
        return moved;
    }

    /** Makes promises that are not due for long. */
    public void make(int count) {
        Instant now = Instant.now();
        for (int i = 0; i < count; i++) {
            String id = newId();
            open.add(id);
            feed.enqueue(feed.record(TopicNames.EVENTS, Events.deferred(id, now, now.plus(LONG))));
        }
        feed.producer().flush();
    }

    /** Makes promises of 48 KiB each, which soon fill what the stores keep in memory. */
    public void makeLarge(int count) {
        Instant now = Instant.now();
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < 48; i++) {
            // Equal values would be stored once.
            metadata.put("key-" + i, i + "x".repeat(1_000));
        }
        for (int i = 0; i < count; i++) {
            String id = newId();
            open.add(id);
            AuditEvent event = Events.event(id, now, new Deferred(now.plus(LONG).truncatedTo(ChronoUnit.MILLIS), null))
                    .setMetadata(metadata)
                    .build();
            feed.enqueue(feed.record(TopicNames.EVENTS, event));
        }
        feed.producer().flush();
    }

    /** Sends events without a subject id, each of which is a violation each time it is read; does not wait for the broker. */
    public void reportWithoutId(int partition, int count) {
        for (int i = 0; i < count; i++) {
            AuditEvent event = Events.completed("", Instant.now());
            feed.enqueue(new ProducerRecord<>(
                    TopicNames.EVENTS, partition, EventFeed.key(event), feed.bytes(TopicNames.EVENTS, event)));
        }
    }

    /** Keeps all promises that are open. */
    public void keep() {
        Instant now = Instant.now();
        for (String id : Set.copyOf(open)) {
            feed.enqueue(feed.record(TopicNames.EVENTS, Events.completed(id, now)));
            open.remove(id);
            kept.add(id);
        }
        feed.producer().flush();
    }

    /** Makes promises that nobody keeps. */
    public void breakAt(Instant due, int count) {
        Instant now = Instant.now();
        for (int i = 0; i < count; i++) {
            String id = newId();
            broken.add(id);
            feed.enqueue(feed.record(TopicNames.EVENTS, Events.deferred(id, now, due)));
        }
        feed.producer().flush();
    }

    /** Makes and keeps promises, and breaks some, several times a second until it is closed. */
    public Load underLoad() {
        return new Load();
    }

    /** A producer that does not wait for anybody. */
    public final class Load implements AutoCloseable {

        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private final ScheduledFuture<?> running =
                thread.scheduleWithFixedDelay(this::makeAndKeep, 0, 100, TimeUnit.MILLISECONDS);

        private void makeAndKeep() {
            keep();
            make(10);
            breakAt(Instant.now().plusSeconds(1), 1);
        }

        public boolean isAlive() {
            return !running.isDone();
        }

        @Override
        public void close() {
            thread.shutdown();
            await("the last round").atMost(PATIENCE).until(thread::isTerminated);
        }
    }

    public int size() {
        return open.size() + kept.size() + broken.size();
    }

    private String newId() {
        return NAME + made.incrementAndGet();
    }

    /** Waits until every subject has a disposition. */
    public void awaitSeen() {
        await("dispositions of " + size())
                .atMost(PATIENCE)
                .until(() -> dispositionsById().size() >= size());
    }

    /** Waits until every warning was emitted. */
    public void awaitWarnings() {
        await("warnings of " + broken.size())
                .atMost(PATIENCE)
                .until(() -> warningsById().keySet().containsAll(broken));
    }

    /** Returns how long something took. */
    public static String secondsSince(Instant begin) {
        return "%.1f s".formatted(Duration.between(begin, Instant.now()).toMillis() / 1000.0);
    }

    /** As {@link #assertKept()}, and prints how long that took after a fault was mended. */
    public void assertKept(String fault, Instant mended) {
        assertKept();
        System.out.printf(
                "%s; of %d promises none is lost, and no warning is emitted twice or falsely, after %s%n",
                fault, size(), secondsSince(mended));
    }

    /** Waits until everything was published, and fails if anything is missing, twice or false. */
    public void assertKept() {
        await("completed " + kept.size()).atMost(PATIENCE).until(() -> {
            Map<String, List<String>> seen = dispositionsById();
            return kept.stream().allMatch(id -> seen.getOrDefault(id, List.of()).contains("COMPLETED"));
        });
        awaitWarnings();
        await("nothing more")
                .during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> dispositionsById().size() == size());
        Map<String, List<String>> expected = new TreeMap<>();
        open.forEach(id -> expected.put(id, List.of("DEFERRED")));
        kept.forEach(id -> expected.put(id, List.of("DEFERRED", "COMPLETED")));
        broken.forEach(id -> expected.put(id, List.of("DEFERRED", "DEFERRED orphan")));
        assertThat(differences(dispositionsById(), expected)).as("dispositions").isEmpty();
        Map<String, List<String>> warnings = new TreeMap<>();
        broken.forEach(id -> warnings.put(id, List.of("ORPHANED 1 DEFERRED")));
        assertThat(differences(warningsById(), warnings)).as("warnings").isEmpty();
    }

    /** The same where events were read again: only the last state counts. */
    public void assertKeptInTheEnd() {
        Map<String, String> expected = new TreeMap<>();
        kept.forEach(id -> expected.put(id, "COMPLETED"));
        broken.forEach(id -> expected.put(id, "DEFERRED orphan"));
        await("last state").atMost(PATIENCE).untilAsserted(() -> {
            Map<String, String> latest = new TreeMap<>();
            dispositionsById().forEach((id, all) -> latest.put(id, all.get(all.size() - 1)));
            assertThat(latest).isEqualTo(expected);
            assertThat(warningsById().keySet()).isEqualTo(broken);
        });
    }

    private static List<String> differences(Map<String, List<String>> found, Map<String, List<String>> expected) {
        Map<String, List<String>> all = new TreeMap<>(expected);
        found.keySet().forEach(id -> all.putIfAbsent(id, List.of()));
        return all.keySet().stream()
                .filter(id -> !expected.getOrDefault(id, List.of()).equals(found.getOrDefault(id, List.of())))
                .map(id -> id + ": found " + found.get(id) + ", expected " + expected.get(id))
                .limit(10)
                .toList();
    }

    private Map<String, List<String>> dispositionsById() {
        List<ConsumerRecord<byte[], byte[]>> records = dispositions.records();
        for (ConsumerRecord<byte[], byte[]> record : records.subList(dispositionsRead, records.size())) {
            add(disposed, record, dispositions.value(record).map(Promises::text).orElse("removed"));
        }
        dispositionsRead = records.size();
        return disposed;
    }

    private static String text(Disposition disposition) {
        return disposition.getMarks().isEmpty() ? disposition.getStatus().name() : disposition.getStatus() + " orphan";
    }

    private Map<String, List<String>> warningsById() {
        List<ConsumerRecord<byte[], byte[]>> records = orphans.records();
        for (ConsumerRecord<byte[], byte[]> record : records.subList(warningsRead, records.size())) {
            add(
                    warned,
                    record,
                    HEADERS.stream().map(name -> Output.header(record, name)).collect(Collectors.joining(" ")));
        }
        warningsRead = records.size();
        return warned;
    }

    private static void add(Map<String, List<String>> byId, ConsumerRecord<byte[], byte[]> record, String text) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        String id = SubjectKey.parse(key).getId();
        if (id.startsWith(NAME)) {
            byId.computeIfAbsent(id, first -> new ArrayList<>()).add(text);
        }
    }

    @Override
    public void close() {
        feed.close();
        dispositions.close();
        orphans.close();
    }
}
