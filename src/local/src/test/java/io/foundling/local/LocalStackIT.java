package io.foundling.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    @TempDir
    private Path given;

    @Test
    void shouldKeepApartWhenTwoRunAtOnce() {
        try (LocalStack one = LocalStack.startTemporary();
                LocalStack other = LocalStack.startTemporary()) {
            // Given
            TopicTraffic traffic = new TopicTraffic(one.bootstrapServers());
            TopicTraffic otherTraffic = new TopicTraffic(other.bootstrapServers());
            traffic.create("events");
            otherTraffic.create("events");

            // When
            traffic.commit("events", "one");
            otherTraffic.commit("events", "other");
            new SchemaCalls(one.registryUrl()).register("one-value");
            new SchemaCalls(other.registryUrl()).register("other-value");

            // Then
            assertThat(traffic.readCommitted("events", 1)).containsExactly("one");
            assertThat(otherTraffic.readCommitted("events", 1)).containsExactly("other");
            assertThat(new SchemaCalls(one.registryUrl()).subjects()).isEqualTo("[\"one-value\"]");
            assertThat(new SchemaCalls(other.registryUrl()).subjects()).isEqualTo("[\"other-value\"]");
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenClosed() {
        // Given
        LocalStack stack = LocalStack.startTemporary();
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        int port = Integer.parseInt(stack.bootstrapServers().split(":")[1]);

        // When
        stack.close();

        // Then
        assertThat(children).hasSize(1).noneMatch(ProcessHandle::isAlive);
        assertThat(stack.directory()).doesNotExist();
        assertThat(FreePorts.isFree(port)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && !thread.isDaemon() && isOfTheBroker(thread));
    }

    @Test
    @Tag("full")
    void shouldKeepTheDirectoryWhenItWasGiven() {
        // Given
        try (LocalStack stack = LocalStack.startIn(given)) {
            new SchemaCalls(stack.registryUrl()).register("events-value");
            new TopicTraffic(stack.bootstrapServers()).create("events");
            new TopicTraffic(stack.bootstrapServers()).commit("events", "kept");
        }

        // When
        try (LocalStack again = LocalStack.startIn(given)) {

            // Then
            assertThat(new SchemaCalls(again.registryUrl()).schema(1)).contains(SchemaCalls.SCHEMA);
            assertThat(new TopicTraffic(again.bootstrapServers()).readCommitted("events", 1))
                    .containsExactly("kept");
        }
        assertThat(given).isNotEmptyDirectory();
    }

    @Test
    void shouldCloseItsUsersFirstWhenClosed() {
        // Given
        List<String> closed = new ArrayList<>();
        LocalStack stack = LocalStack.startTemporary();
        stack.closeFirst(
                () -> closed.add("first user, broker running: " + stack.broker().isRunning()));
        stack.closeFirst(() -> closed.add("second user"));

        // When
        stack.close();
        stack.close();

        // Then
        assertThat(closed).containsExactly("second user", "first user, broker running: true");
    }

    @Test
    void shouldCloseTheRegistryWhenTheBrokerDoesNotStart() {
        // When, Then
        assertThatThrownBy(() -> LocalStack.startIn(given, Map.of("num.io.threads", "many")))
                .isInstanceOf(LocalStartException.class)
                .hasMessageContaining("num.io.threads");
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.exists(given)).isTrue();
    }

    private static boolean isOfTheBroker(Thread thread) {
        String name = thread.getName();
        return name.startsWith("kafka-") || name.startsWith("data-plane-") || name.contains("raft");
    }
}
