package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers of a real broker. Proves rule T6. */
class AdminQuestionsIT {

    private static final TopicPartition THERE = new TopicPartition("there", 0);
    private static final TopicPartition AWAY = new TopicPartition("away", 0);

    @Test
    void shouldAnswerTheTimeOfTheController(@TempDir Path directory) {
        try (LocalBroker broker = LocalBroker.startIn(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            long beforeMs = System.currentTimeMillis();

            // When
            CompletionStage<Long> time = new AdminQuestions(admin, "group").timeMs();

            // Then
            assertThat(time.toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(15))
                    .satisfies(ms -> assertThat(ms).isBetween(beforeMs, System.currentTimeMillis()));
        }
    }

    @Test
    void shouldAnswerAPartitionWhileAnotherOneIsAway(@TempDir Path directory) throws Exception {
        try (LocalBroker broker = LocalBroker.startIn(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            admin.createTopics(List.of(new NewTopic(THERE.topic(), 1, (short) 1)))
                    .all()
                    .get();

            // When
            Map<TopicPartition, CompletionStage<PartitionEnds>> answers =
                    new AdminQuestions(admin, "group").ends(Set.of(THERE, AWAY));

            // Then
            assertThat(answers.get(THERE).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(new PartitionEnds(0, 0));
            assertThat(answers.get(AWAY).toCompletableFuture()).failsWithin(Duration.ofSeconds(15));
        }
    }
}
