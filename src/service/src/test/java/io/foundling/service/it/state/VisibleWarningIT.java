package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a sweep that emitted a warning makes it visible, however long the commit interval is. Proves rule T18. */
class VisibleWarningIT {

    private static final String RARE_COMMITS = """
            allowedLag: 100ms
            kafka: {commit.interval.ms: 600000, producer.transaction.timeout.ms: 700000, linger.ms: 0}
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldCommitAfterASweepThatEmittedAWarning() {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
            TopicReader reader = new TopicReader(stack.bootstrapServers());
            try (LiveLedger ledger =
                            LiveLedger.start(stack, directory, RARE_COMMITS).awaitReady();
                    EventFeed feed = EventFeed.into(stack)) {
                // When
                Instant now = Instant.now();
                feed.send(TopicNames.EVENTS, Events.deferred("r1", now, now.plusSeconds(3)));

                // Then
                await("the warning")
                        .atMost(LiveLedger.PATIENCE)
                        .untilAsserted(() -> assertThat(reader.committed(TopicNames.ORPHANS))
                                .singleElement()
                                .satisfies(warning -> assertThat(warning.key()).endsWith("/r1")));
                assertThat(ledger.probes().notReady()).isEmpty();
            }
        }
    }
}
