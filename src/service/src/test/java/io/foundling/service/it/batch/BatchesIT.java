package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.OrphanReason;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch ends on a real broker, its members and their accounts spread over many partitions. */
class BatchesIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {6, 60})
    void shouldNameTheOneThatDidNotComeBackAndTakeThatBackWhenItDoes(int partitions) {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, partitions, TopicNames.EVENTS);
            stack.closeFirst(LiveLedger.start(stack, directory, "allowedLag: 1s\nsettleGrace: 1s\n")
                    .awaitReady());
            EventFeed feed = stack.closeFirst(EventFeed.into(stack));
            Output<OrphanWarning> orphans =
                    stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
            Output<Settlement> settlements =
                    stack.closeFirst(new Output<>(stack, TopicNames.SETTLEMENTS, Settlement.class));
            Output<Alert> alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
            BatchEvents batch = new BatchEvents("2026-11-20");
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            feed.send(TopicNames.EVENTS, batch.submitted(now, 10));
            for (int member = 1; member <= 10; member++) {
                feed.send(TopicNames.EVENTS, batch.deferred(member, now));
            }
            for (int member = 1; member <= 9; member++) {
                feed.send(TopicNames.EVENTS, batch.returned(member, now.plusMillis(1)));
            }

            // When
            feed.send(TopicNames.EVENTS, batch.closed(now.plusMillis(2)));

            // Then
            Settlement settled = settlements.awaitLast(batch.settlementKey(1), found -> true);
            assertThat(settled.getMissing()).containsExactly(batch.memberKey(10));
            assertThat(settled.getExpected()).isEqualTo(10);
            assertThat(settled.getDeferred()).isEqualTo(10);
            assertThat(settled.getReturned()).isEqualTo(Map.of("COMPLETED", 9L));
            assertThat(settled.getOrphaned()).isEqualTo(1);
            OrphanWarning orphan = orphans.awaitLast(batch.memberKey(10), found -> true);
            assertThat(orphan.getReason()).isEqualTo(OrphanReason.PARENT_CLOSED);
            Alert firing = alerts.awaitLast(batch.alertKey(1), found -> true);
            assertThat(firing.getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(firing.getCount()).isEqualTo(1);
            assertThat(firing.getSamples()).containsExactly(batch.memberKey(10));

            // And when
            feed.send(TopicNames.EVENTS, batch.returned(10, Instant.now()));

            // Then
            Settlement corrected = settlements.awaitLast(batch.settlementKey(1), found -> found.getOrphaned() == 0);
            assertThat(corrected.getReturned()).isEqualTo(Map.of("COMPLETED", 10L));
            assertThat(corrected.getMissing()).isEmpty();
            Alert resolved = alerts.awaitLast(batch.alertKey(1), found -> found.getStatus() == AlertStatus.RESOLVED);
            assertThat(resolved.getEndsAt()).isAfter(resolved.getStartsAt());
            orphans.await(batch.memberKey(10), values -> values.size() == 2);
            List<ConsumerRecord<byte[], byte[]>> changes = orphans.recordsOf(batch.memberKey(10));
            assertThat(changes)
                    .extracting(record -> Output.header(record, Headers.CHANGE))
                    .containsExactly("ORPHANED", "RECOVERY");
            assertThat(orphans.records()).as("nobody else was warned of").hasSize(2);
            assertThat(settlements.of(batch.settlementKey(1))).hasSize(2);
            assertThat(Output.header(alerts.recordsOf(batch.alertKey(1)).get(0), "ce_specversion"))
                    .isEqualTo("1.0");
        }
    }
}
