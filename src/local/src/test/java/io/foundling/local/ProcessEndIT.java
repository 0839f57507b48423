package io.foundling.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class ProcessEndIT {

    @TempDir
    private Path directory;

    @Test
    void shouldLeaveNothingBehindWhenTheProcessIsInterrupted() throws Exception {
        try (OtherJvm holder = new OtherJvm(StackHolder.class)) {
            // Given
            Path held = Path.of(holder.printed("directory"));
            List<ProcessHandle> registry = holder.descendants();

            // When
            holder.interrupt();

            // Then
            assertThat(holder.ends()).isTrue();
            assertThat(registry).hasSize(1).noneMatch(ProcessHandle::isAlive);
            assertThat(held).doesNotExist();
        }
    }

    @Test
    void shouldEndTheRegistryWhenTheProcessIsKilled() throws Exception {
        try (OtherJvm holder = new OtherJvm(StackHolder.class)) {
            // Given
            Path held = Path.of(holder.printed("directory"));
            List<ProcessHandle> registry = holder.descendants();

            // When
            holder.kill();

            // Then
            assertThat(registry).hasSize(1);
            await().atMost(OtherJvm.PATIENCE).until(() -> registry.stream().noneMatch(ProcessHandle::isAlive));
            DirectoryTree.delete(held);
        }
    }

    @Test
    void shouldEndTheBrokerWhenItsInputEnds() throws Exception {
        try (OtherJvm broker = new OtherJvm(LocalBrokerMain.class, directory.toString())) {
            // Given
            new TopicTraffic(broker.printed("bootstrap.servers")).create("events");

            // When
            broker.endInput();

            // Then
            assertThat(broker.ends()).isTrue();
        }
    }

    @Test
    void shouldKeepRecordsWhenTheBrokerWasKilled() throws Exception {
        // Given
        try (OtherJvm broker = new OtherJvm(LocalBrokerMain.class, directory.toString())) {
            TopicTraffic traffic = new TopicTraffic(broker.printed("bootstrap.servers"));
            traffic.create("events");
            traffic.commit("events", "kept");
            traffic.readCommitted("events", 1);
            broker.kill();
            assertThat(broker.ends()).isTrue();
        }

        // When
        try (OtherJvm again = new OtherJvm(LocalBrokerMain.class, directory.toString(), "num.io.threads=2")) {
            // Then
            TopicTraffic traffic = new TopicTraffic(again.printed("bootstrap.servers"));
            assertThat(traffic.readCommitted("events", 1)).containsExactly("kept");
        }
    }
}
