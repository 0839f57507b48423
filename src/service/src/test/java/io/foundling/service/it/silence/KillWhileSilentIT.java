package io.foundling.service.it.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.OrphanWarning;
import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of three sources stops, and the ledger is killed meanwhile. Then the source reports again: of what it promised, one
 * half came back in time, the other half is lost.
 */
class KillWhileSilentIT {

    private static final int PARTITIONS = 3;
    private static final String STOPS = "alpha";
    private static final List<String> OTHERS = List.of("beta", "gamma");

    /** Records of each source that await. */
    private static final int AWAITING = 20;

    /** More than a busy machine holds up the heartbeats of the others. */
    private static final Duration AFTER = Duration.ofSeconds(15);

    /** The source is asked for what it promised only after it has stopped, and is by then known to be silent. */
    private static final Duration WITHIN = AFTER.plusSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ServiceProcess service;
    private static EventFeed feed;
    private static Heartbeats heartbeats;
    private static Output<OrphanWarning> orphans;
    private static Output<Alert> alerts;

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        service = ServiceProcess.ready(stack, directory, "silent", """
            application: silent
            allowedLag: 1s
            lateArrivalGrace: 2s
            silence: {after: 15s, events: 50, history: 10s}
            """);
        feed = stack.closeFirst(EventFeed.into(stack));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
        alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
        heartbeats = stack.closeFirst(new Heartbeats(feed, List.of(STOPS, "beta", "gamma")));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldConfirmOrWithdrawWhatASilentSourceLeftWhenItReportsAgainAfterAKill() {
        // Given
        heartbeats.goOnFor(Duration.ofSeconds(15));
        Instant dueAt = Instant.now().plus(WITHIN).truncatedTo(ChronoUnit.MILLIS);
        promise(STOPS, dueAt);
        heartbeats.stop(STOPS);
        OTHERS.forEach(source -> promise(source, dueAt));
        awaitAlert(AlertStatus.FIRING);
        awaitWarnings(STOPS, true, AWAITING);
        OTHERS.forEach(source -> awaitWarnings(source, false, AWAITING));

        // When
        service.kill();
        service.start().awaitReady();
        promiseMore("beta");

        // Then
        assertThat(warnings(STOPS, true)).isEqualTo(AWAITING);
        awaitAlert(AlertStatus.FIRING);
        assertThat(count("orphaned/" + STOPS)).isZero();
        assertThat(service.metrics().sum("foundling_silent_sources")).isEqualTo(PARTITIONS);

        // When
        heartbeats.goOn(STOPS);
        IntStream.range(0, AWAITING / 2)
                .forEach(number -> send(STOPS, id(number), dueAt.minusSeconds(1), new Completed(null, null, Map.of())));

        // Then
        awaitAlert(AlertStatus.RESOLVED);
        awaitWarnings(STOPS, false, AWAITING / 2);
        await("the alert of " + STOPS).atMost(PATIENCE).until(() -> count("orphaned/" + STOPS) == AWAITING / 2);
        assertThat(warnings(STOPS, true)).isZero();
        assertThat(service.metrics().sum("foundling_silent_sources")).isZero();
        Map<String, List<String>> stories = stories();
        for (int number = 0; number < AWAITING; number++) {
            List<String> story = stories.get(key(STOPS, id(number)));
            assertThat(story).startsWith("ORPHANED").endsWith(number < AWAITING / 2 ? "WITHDRAWAL" : "UPDATED");
            assertThat(story).containsOnlyOnce("ORPHANED");
            for (String other : OTHERS) {
                assertThat(stories.get(key(other, id(number)))).containsExactly("ORPHANED");
            }
        }
        assertThat(last(alerts).keySet()).doesNotContain(silentSource("beta"), silentSource("gamma"));
    }

    private static void promise(String source, Instant dueAt) {
        IntStream.range(0, AWAITING)
                .forEach(number -> send(source, id(number), Instant.now(), new Deferred(dueAt, null)));
    }

    /** Waits for the warning of a record that is due since the last start: all sources were judged again by then. */
    private static void promiseMore(String source) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        send(source, "more", now, new Deferred(now.plusSeconds(5), null));
        orphans.awaitLast(key(source, "more"), warning -> true);
    }

    private static void send(String source, String id, Instant at, Object body) {
        feed.send(TopicNames.EVENTS, Heartbeats.event(source, id, at, body));
    }

    private static String id(int number) {
        return "r" + number;
    }

    private static String key(String source, String id) {
        return SubjectKey.of(Heartbeats.subject(source, id));
    }

    private static String silentSource(String source) {
        return "silent_source/" + source;
    }

    private static void awaitAlert(AlertStatus status) {
        await("the alert about " + STOPS)
                .atMost(PATIENCE)
                .until(() -> last(alerts)
                        .getOrDefault(silentSource(STOPS), Optional.empty())
                        .filter(alert -> alert.getStatus() == status)
                        .isPresent());
    }

    private static void awaitWarnings(String source, boolean unknown, long count) {
        await("warnings of " + source + (unknown ? " that are UNKNOWN" : ""))
                .atMost(PATIENCE)
                .until(() -> warnings(source, unknown) == count);
    }

    private static long warnings(String source, boolean unknown) {
        Map<String, Optional<OrphanWarning>> last = last(orphans);
        return IntStream.range(0, AWAITING)
                .mapToObj(number -> last.getOrDefault(key(source, id(number)), Optional.empty()))
                .flatMap(Optional::stream)
                .filter(warning -> warning.getUnknown() == unknown)
                .count();
    }

    private static long count(String group) {
        return last(alerts)
                .getOrDefault(group + "/" + Events.STAGE, Optional.empty())
                .map(Alert::getCount)
                .orElse(0L);
    }

    /** Returns the changes of each warning, by subject. */
    private static Map<String, List<String>> stories() {
        return orphans.records().stream()
                .collect(Collectors.groupingBy(
                        KillWhileSilentIT::key,
                        Collectors.mapping(record -> Output.header(record, Headers.CHANGE), Collectors.toList())));
    }

    private static <T extends SpecificRecord> Map<String, Optional<T>> last(Output<T> topic) {
        Map<String, Optional<T>> last = new HashMap<>();
        topic.records().forEach(record -> last.put(key(record), topic.value(record)));
        return last;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
