package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.MetricsPage;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures on {@code /metrics}: what they are right after a restart, and how many. */
class FiguresIT {

    private static final int PARTITIONS = 6;
    private static final int ORPHANS = 20;

    @TempDir
    private Path directory;

    @Test
    void shouldShowWhatStandsRightAfterARestartUnderTheSameLabels() throws Exception {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
            report(stack);
            Path config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\nthreads: 2\n");
            try (ServiceProcess service = ServiceProcess.of(stack, directory, "one", config, Map.of())) {
                service.start().awaitReady();
                await("orphans and their alert").atMost(LiveLedger.PATIENCE).until(() -> isComplete(service.metrics()));
                String used = pageWithKafka(service);
                service.kill();

                // When
                service.start().awaitReady();
                MetricsPage restarted = service.metrics();
                service.terminate();
                Files.writeString(config, "metrics: {kafka: ALL}\n", StandardOpenOption.APPEND);
                service.start().awaitReady();
                String all = pageWithKafka(service);

                // Then
                System.out.printf("/metrics has %s; with all of Kafka's, %s%n", size(used), size(all));
                assertThat(restarted).matches(FiguresIT::isComplete);
                assertThat(clients(all)).isNotEmpty().isEqualTo(clients(used));
                assertThat(series(used)).isLessThan(500);
                assertThat(series(all)).isGreaterThan(1_000);
            }
        }
    }

    /** Kafka's metrics of tasks are looked for once a minute. */
    private static String pageWithKafka(ServiceProcess service) {
        await("metrics of tasks")
                .atMost(Duration.ofMinutes(2))
                .until(() -> service.body("/metrics").contains("kafka_stream_state_block_cache_usage"));
        return service.body("/metrics");
    }

    private static void report(LocalStack stack) {
        try (EventFeed feed = EventFeed.into(stack)) {
            Instant now = Instant.now();
            for (int i = 0; i < ORPHANS; i++) {
                feed.send(TopicNames.EVENTS, Events.deferred("r" + i, now, now.plusMillis(100)));
            }
            AuditEvent nameless = Events.deferred("", now, now.plusSeconds(60));
            feed.send(new ProducerRecord<>(TopicNames.EVENTS, feed.bytes(TopicNames.EVENTS, nameless)));
        }
    }

    private static boolean isComplete(MetricsPage page) {
        return page.sum("foundling_orphans") == ORPHANS
                && page.sum("foundling_alerts_firing", Map.of("type", "orphaned")) == 1
                && page.sum("foundling_events_without_id") == 1
                && page.sum("foundling_known_subjects") == ORPHANS
                && page.sum("foundling_subjects") == ORPHANS;
    }

    /** The labels of clients and threads, and of what names the instance. */
    private static Set<String> clients(String page) {
        return MetricsPage.parse(page).samples().stream()
                .filter(sample -> sample.name().equals("kafka_stream_client_state")
                        || sample.name().equals("kafka_stream_thread_commit_total"))
                .map(sample -> new TreeMap<>(sample.labels()).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long series(String page) {
        return page.lines().filter(line -> !line.startsWith("#")).count();
    }

    private static String size(String page) {
        return "%,d series in %,d bytes".formatted(series(page), page.getBytes(StandardCharsets.UTF_8).length);
    }
}
