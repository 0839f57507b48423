package io.foundling.service.it.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.BatchEvents;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.ForeignTable;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever materialises audit.orphans holds exactly the orphans of now. */
class OrphansOfNowIT {

    private static final int RECORDS = 240;

    @TempDir
    private Path directory;

    @Test
    void shouldHoldWhatTheLedgerHoldsAcrossRecoveriesWithdrawalsAndRestarts() {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 6, TopicNames.EVENTS);
            stack.closeFirst(LiveLedger.start(stack, directory, "allowedLag: 1s\nsettleGrace: 1s\nlateAfter: 1h\n")
                    .awaitReady());
            EventFeed feed = stack.closeFirst(EventFeed.into(stack));
            Output<Disposition> dispositions =
                    stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
            ForeignTable table = stack.closeFirst(new ForeignTable(stack.bootstrapServers(), TopicNames.ORPHANS));
            BatchEvents batch = new BatchEvents("night");
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            for (int record = 0; record < RECORDS; record++) {
                feed.send(TopicNames.EVENTS, promise(batch, record, now));
            }
            feed.send(TopicNames.EVENTS, batch.closed(now.plusMillis(20)));
            await("all warnings").atMost(LiveLedger.PATIENCE).until(table::keys, keys -> keys.size() == RECORDS);
            table.restart();

            // When
            for (int record = 0; record < RECORDS; record++) {
                change(feed, batch, record, now);
                if (record == RECORDS / 2) {
                    table.keys();
                    table.restart();
                }
            }
            AuditEvent last = Events.deferred("last", now, now.plusMillis(1));
            feed.send(TopicNames.EVENTS, last);

            // Then
            await("quiet")
                    .atMost(LiveLedger.PATIENCE)
                    .during(Duration.ofSeconds(3))
                    .untilAsserted(() -> {
                        assertThat(table.keys()).contains(Events.key("last")).isEqualTo(warned(dispositions));
                    });
            assertThat(table.tombstones()).isGreaterThanOrEqualTo(RECORDS / 2);
            assertThat(table.keys()).hasSize(RECORDS / 4 * 2 + 1);
        }
    }

    /** Every other one is a member of the batch, the rest have deadlines. */
    private static AuditEvent promise(BatchEvents batch, int record, Instant now) {
        return record % 2 == 0
                ? batch.deferred(record, now)
                : Events.deferred(batch.member(record), now, now.plusMillis(20));
    }

    /** A quarter recovers, a quarter is withdrawn, a quarter is promised anew and missed again, a quarter stays. */
    private static void change(EventFeed feed, BatchEvents batch, int record, Instant now) {
        switch (record / 2 % 4) {
            case 0 -> feed.send(TopicNames.EVENTS, Events.completed(batch.member(record), Instant.now()));
            case 1 -> feed.send(TopicNames.EVENTS, Events.completed(batch.member(record), now.plusMillis(10)));
            case 2 -> {
                Instant again = Instant.now();
                feed.send(TopicNames.EVENTS, Events.completed(batch.member(record), again));
                AuditEvent promise = Events.deferred(batch.member(record), again.plusMillis(1), again.plusMillis(2));
                feed.send(
                        TopicNames.EVENTS,
                        AuditEvent.newBuilder(promise).setAttempt(2).build());
            }
            default -> {}
        }
    }

    /** Returns the subjects with an active warning, by the dispositions. */
    private static Set<String> warned(Output<Disposition> dispositions) {
        Set<String> warned = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : dispositions.records()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            boolean active = dispositions
                    .value(record)
                    .map(found -> found.getMarks().stream().anyMatch(mark -> mark.getRecoveredAt() == null))
                    .orElse(false);
            if (active) {
                warned.add(key);
            } else {
                warned.remove(key);
            }
        }
        return warned;
    }
}
