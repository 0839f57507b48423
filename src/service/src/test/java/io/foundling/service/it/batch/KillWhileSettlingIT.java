package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactly once: {@code kill -9} at any step of settling changes nothing that a consumer with read_committed sees. */
class KillWhileSettlingIT {

    private static final int MEMBERS = 900;
    private static final String ACCOUNTS = "killed-accounts-repartition";

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static ServiceProcess service;
    private static EventFeed feed;
    private static Output<OrphanWarning> orphans;
    private static Output<Settlement> settlements;
    private static Output<Alert> alerts;

    /** The event after which the process is killed. */
    enum Step {
        CLOSURE_SENT,
        SOME_PAGES_GONE_THROUGH,
        ACCOUNT_SENT,
        SETTLEMENT_SENT
    }

    @BeforeAll
    static void start() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 6, TopicNames.EVENTS);
        service = ServiceProcess.ready(stack, directory, "settling", """
            application: killed
            allowedLag: 1s
            settleGrace: 1s
            maxExpiriesPerSweep: 20
            """);
        feed = stack.closeFirst(EventFeed.into(stack));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
        settlements = stack.closeFirst(new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class));
        alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSettleOnceWhenKilled(Step step) {
        // Given
        BatchEvents batch = new BatchEvents("killed-" + step.ordinal());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int member = 1; member <= MEMBERS; member++) {
            feed.enqueue(feed.record(TopicNames.EVENTS, batch.deferred(member, now)));
        }
        feed.send(TopicNames.EVENTS, batch.closed(now.plusMillis(1)));

        // When
        await(step.name())
                .atMost(LiveLedger.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> seen(step, batch));
        service.kill();
        int warnedBefore = warned(batch).size();
        service.start();

        // Then
        Settlement settled = settlements.awaitLast(batch.settlementKey(1), found -> true);
        Alert firing = alerts.awaitLast(batch.alertKey(1), found -> true);
        await("quiet")
                .atMost(LiveLedger.PATIENCE)
                .during(Duration.ofSeconds(3))
                .until(() -> warned(batch).size() == MEMBERS);
        if (step == Step.SOME_PAGES_GONE_THROUGH) {
            assertThat(warnedBefore).as("in the middle").isBetween(1, MEMBERS - 1);
        }
        assertThat(warned(batch)).as("one warning each").doesNotHaveDuplicates();
        assertThat(settlements.of(batch.settlementKey(1))).as("one settlement").hasSize(1);
        assertThat(alerts.of(batch.alertKey(1))).as("one alert").hasSize(1);
        assertThat(settled.getDeferred()).isEqualTo(MEMBERS);
        assertThat(settled.getOrphaned()).isEqualTo(MEMBERS);
        assertThat(settled.getMissing())
                .isEqualTo(IntStream.rangeClosed(1, MEMBERS)
                        .mapToObj(batch::memberKey)
                        .sorted()
                        .limit(100)
                        .toList());
        assertThat(firing.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(firing.getCount()).isEqualTo(MEMBERS);
    }

    private static boolean seen(Step step, BatchEvents batch) {
        return switch (step) {
            case CLOSURE_SENT -> isKnown(TopicNames.CLOSURES, batch.key());
            case SOME_PAGES_GONE_THROUGH -> warned(batch).size() > MEMBERS / 6;
            case ACCOUNT_SENT -> isKnown(ACCOUNTS, batch.alertKey(1));
            case SETTLEMENT_SENT -> !settlements.of(batch.settlementKey(1)).isEmpty();
        };
    }

    private static boolean isKnown(String topic, String key) {
        return new TopicReader(stack.bootstrapServers())
                .committed(topic).stream().anyMatch(record -> record.key().equals(key));
    }

    /** Returns the members of a batch that were warned of, once for each warning. */
    private static List<String> warned(BatchEvents batch) {
        String members = Events.key(batch.id() + '-');
        return orphans.records().stream()
                .filter(record -> Output.header(record, Headers.CHANGE).equals("ORPHANED"))
                .map(KillWhileSettlingIT::key)
                .flatMap(Optional::stream)
                .filter(key -> key.startsWith(members))
                .toList();
    }

    private static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }
}
