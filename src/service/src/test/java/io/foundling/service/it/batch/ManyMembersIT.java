package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.ForeignTable;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many members, and many batches, cost on a real broker. Prints the times it took. */
@Tag("full")
class ManyMembersIT {

    private static final Duration LONG = Duration.ofMinutes(15);
    private static final int MEMBERS = Integer.getInteger("members", 1_000_000);
    private static final int BATCHES = Integer.getInteger("batches", 50_000);

    @TempDir
    private Path directory;

    private LocalStack stack;
    private ServiceProcess service;
    private EventFeed feed;

    @BeforeEach
    void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 6, TopicNames.EVENTS);
        Path config = Files.writeString(
                directory.resolve("foundling.yaml"), "allowedLag: 1s\nsettleGrace: 1s\nlateAfter: 1h\n");
        service = stack.closeFirst(
                ServiceProcess.of(stack, directory, "many", config, Map.of()).large());
        service.start().awaitReady();
        feed = stack.closeFirst(EventFeed.into(stack));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void shouldSettleAMillionMembersPageByPageAndServeOthersMeanwhile() {
        // Given
        BatchEvents batch = new BatchEvents("million");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int member = 1; member <= MEMBERS; member++) {
            feed.enqueue(feed.record(TopicNames.EVENTS, batch.deferred(member, now)));
        }
        feed.producer().flush();
        await("read").atMost(LONG).until(() -> service.metrics().sum("foundling_events_total") >= MEMBERS);
        ForeignTable orphans = stack.closeFirst(new ForeignTable(stack.bootstrapServers(), TopicNames.ORPHANS));
        Output<Settlement> settlements =
                stack.closeFirst(new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class));
        Output<Alert> alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));

        // When
        Instant closed = Instant.now();
        feed.send(TopicNames.EVENTS, batch.closed(closed));

        // Then
        List<Duration> others = new ArrayList<>();
        while (settlements.of(batch.settlementKey(1)).isEmpty()) {
            assertThat(Duration.between(closed, Instant.now())).isLessThan(LONG);
            others.add(warningTime("other-" + others.size(), orphans));
        }
        System.out.printf(
                "settled %d members in %s; %d other subjects were warned of meanwhile, the slowest in %s%n",
                MEMBERS,
                Duration.between(closed, Instant.now()),
                others.size(),
                others.stream().max(Duration::compareTo).orElse(Duration.ZERO));
        Settlement settled = settlements.awaitLast(batch.settlementKey(1), found -> true);
        assertThat(settled.getOrphaned()).isEqualTo(MEMBERS);
        assertThat(settled.getMissing()).hasSize(100);
        await("all warnings").atMost(LONG).until(() -> orphans.size() == MEMBERS + others.size());
        Alert alert = alerts.awaitLast(batch.alertKey(1), found -> true);
        assertThat(alert.getCount()).isEqualTo(MEMBERS);
        assertThat(keys(alerts, AlertType.SETTLEMENT)).containsExactly(batch.alertKey(1));
        assertThat(service.log()).doesNotContain("ERROR", "Exception");
    }

    private Duration warningTime(String id, ForeignTable orphans) {
        Instant due = Instant.now();
        feed.send(TopicNames.EVENTS, Events.deferred(id, due, due));
        await(id).atMost(LONG).pollDelay(Duration.ZERO).until(() -> orphans.holds(Events.key(id)));
        return Duration.between(due, Instant.now());
    }

    @Test
    void shouldSendAHandfulOfAlertsWhileManyBatchesWithOneOrphanEachAreOpen() {
        // Given
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Output<Alert> alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
        String stage = "orphaned/" + Events.SOURCE + '/' + Events.STAGE;

        // When
        for (int number = 0; number < BATCHES; number++) {
            BatchEvents batch = new BatchEvents("open-" + number);
            feed.enqueue(feed.record(TopicNames.EVENTS, batch.opened(now)));
            feed.enqueue(feed.record(
                    TopicNames.EVENTS,
                    AuditEvent.newBuilder(Events.deferred(batch.member(1), now, now.plusMillis(1)))
                            .setParent(batch.batch())
                            .build()));
        }
        feed.producer().flush();

        // Then
        Instant sent = Instant.now();
        await("all counted")
                .atMost(LONG)
                .until(() -> alerts.of(stage).stream()
                        .anyMatch(alert ->
                                alert.map(found -> found.getCount() == BATCHES).orElse(false)));
        int changes = alerts.records().size();
        assertThat(keys(alerts, AlertType.ORPHANED)).containsExactly(stage);
        assertThat(keys(alerts, AlertType.SETTLEMENT)).isEmpty();
        System.out.printf(
                "%d open batches with an orphan each: %d changes of one alert, the last %s after sending%n",
                BATCHES, changes, Duration.between(sent, Instant.now()));

        // And when
        Instant closing = Instant.now();
        for (int number = 0; number < BATCHES; number++) {
            feed.enqueue(feed.record(TopicNames.EVENTS, new BatchEvents("open-" + number).closed(Instant.now())));
        }
        feed.producer().flush();

        // Then
        await("all closed")
                .atMost(LONG)
                .until(() -> keys(alerts, AlertType.SETTLEMENT).size() == BATCHES);
        await("none left in the stage")
                .atMost(LONG)
                .until(() -> alerts.awaitLast(stage, alert -> true).getCount() == 0);
        System.out.printf("%d batches settled and alerted in %s%n", BATCHES, Duration.between(closing, Instant.now()));
        assertThat(service.log()).doesNotContain("ERROR", "Exception");
    }

    private static Set<String> keys(Output<Alert> alerts, AlertType type) {
        Set<String> keys = new TreeSet<>();
        String prefix = type.name().toLowerCase(Locale.ROOT) + '/';
        alerts.records().stream()
                .map(ManyMembersIT::key)
                .filter(key -> key.startsWith(prefix))
                .forEach(keys::add);
        return keys;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
