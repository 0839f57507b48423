package io.foundling.service.it.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.CommittedRecords;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.names.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What was added to topics since a moment. */
final class WrittenSince {

    private static final List<String> TOPICS = List.of(
            TopicNames.DISPOSITIONS,
            TopicNames.ORPHANS,
            TopicNames.SETTLEMENTS,
            TopicNames.ALERTS,
            TopicNames.VIOLATIONS,
            TopicNames.DEAD_LETTERS);

    private final CommittedRecords committed;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    WrittenSince(LocalStack stack) {
        committed = new CommittedRecords(stack.bootstrapServers());
    }

    /** From now on. */
    void begin() {
        TOPICS.forEach(topic -> all(topic).forEach(found -> ends.merge(partition(found), found.offset(), Math::max)));
    }

    List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        return committed.of(topic);
    }

    private List<ConsumerRecord<byte[], byte[]>> added(String topic) {
        return all(topic).stream()
                .filter(found -> found.offset() > ends.getOrDefault(partition(found), -1L))
                .toList();
    }

    List<String> keys(String topic) {
        return added(topic).stream().map(WrittenSince::key).toList();
    }

    /** Returns change, attempt, status and key of each record on audit.orphans. */
    List<String> warnings() {
        return added(TopicNames.ORPHANS).stream()
                .map(found -> Stream.of("foundling.change", "foundling.attempt", "foundling.status")
                                .map(name -> Output.header(found, name))
                                .reduce("", (before, header) -> before + header + ' ')
                        + key(found))
                .toList();
    }

    /** Waits until exactly these changes of warnings were made, and nothing more is written. */
    void awaitWarnings(List<String> changes) {
        await("changes of warnings")
                .atMost(LiveLedger.PATIENCE)
                .untilAsserted(() -> assertThat(warnings()).containsExactlyInAnyOrderElementsOf(changes));
        AtomicReference<List<Integer>> last = new AtomicReference<>();
        await("quiet").atMost(LiveLedger.PATIENCE).during(Duration.ofSeconds(3)).until(() -> {
            List<Integer> now =
                    TOPICS.stream().map(topic -> added(topic).size()).toList();
            return now.equals(last.getAndSet(now));
        });
        assertThat(warnings()).containsExactlyInAnyOrderElementsOf(changes);
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> found) {
        return new TopicPartition(found.topic(), found.partition());
    }

    private static String key(ConsumerRecord<byte[], byte[]> found) {
        return found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
    }
}
