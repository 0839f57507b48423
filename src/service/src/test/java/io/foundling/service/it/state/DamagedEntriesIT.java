package io.foundling.service.it.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.service.it.rig.StoreFiles;
import io.foundling.service.it.rig.StoredBytes;
import io.foundling.service.it.rig.TopicReader;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves rules S1, S2, and S3 on a real broker: entries that cannot be decoded, here, in the changelog, or only by this build. */
class DamagedEntriesIT {

    private static final String CHANGELOG = "foundling-ledger-store-changelog";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static EventFeed feed;
    private static ServiceProcess service;
    private static Output<Disposition> dispositions;

    private final Instant now = Instant.now();

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        Path config =
                Files.writeString(directory.resolve("foundling.yaml"), "{allowedLag: 1s, rocksdb: {memory: 8MiB}}\n");
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "entries", config, Map.of()));
        service.start().awaitReady();
        feed = stack.closeFirst(EventFeed.into(stack));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldRestoreOnceAndLoseNothingWhenOnlyTheLocalEntryIsDamaged() {
        // Given
        defer("local");
        service.terminate();
        store().overwrite(stored("local"), new byte[] {1, 2, 3});

        // When
        service.start().awaitReady();
        complete("local");

        // Then
        Disposition found = dispositions.awaitLast(Events.key("local"), each -> each.getStatus() == Status.COMPLETED);
        assertThat(found.getFirstOccurredAt()).isBefore(found.getLastOccurredAt());
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isEqualTo(1);
        assertThat(service.log())
                .contains("cannot be decoded; the task is restored")
                .doesNotContain("is set aside");
        assertNoDeadLetters();
    }

    @Test
    void shouldSetTheEntryAsideAndGoOnWhenItsChangelogIsDamagedToo() {
        // Given
        defer("lost");
        defer("other");
        service.terminate();
        feed.send(new ProducerRecord<>(CHANGELOG, 0, stored("lost"), new byte[] {1, 2, 3}));
        service.deleteState();

        // When
        service.start().awaitReady();
        complete("lost");
        complete("other");

        // Then
        dispositions.awaitLast(Events.key("other"), each -> each.getStatus() == Status.COMPLETED);
        Disposition anew = dispositions.awaitLast(Events.key("lost"), each -> each.getStatus() == Status.COMPLETED);
        assertThat(anew.getFirstOccurredAt()).isEqualTo(anew.getLastOccurredAt());
        assertThat(service.metrics().sum("foundling_state_repairs_total")).isEqualTo(1);
        awaitSetAside();
        assertThat(service.log()).contains("kind subject", "/lost in ledger-store of task 0_0", "is set aside");
        assertNoDeadLetters();
        service.terminate();
        service.start().awaitReady();
        awaitSetAside();
    }

    @Test
    void shouldStopWithASentenceAndChangeNothingWhenANewerBuildHasWrittenTheEntry() {
        // Given
        defer("newer");
        service.terminate();
        byte[] sound = store().get(stored("newer"));
        byte[] newer = sound.clone();
        newer[0]++;
        store().overwrite(stored("newer"), newer);
        feed.send(new ProducerRecord<>(CHANGELOG, 0, stored("newer"), newer));

        // When
        complete("newer");
        service.start();
        int exitCode = service.awaitExit();

        // Then
        assertThat(exitCode).as(service.log()).isEqualTo(ExitCode.STATE);
        assertThat(service.log())
                .contains(
                        "ledger-store of task 0_0: StoredSubject has version " + newer[0]
                                + ", this build reads versions 1 to " + sound[0],
                        "start that build again, or a newer one")
                .doesNotContain("\tat ", "Exception in thread");
        byte[] last = new TopicReader(stack.bootstrapServers())
                .committed(CHANGELOG).stream()
                        .filter(each ->
                                each.key().endsWith("/newer") && each.key().charAt(0) == 1)
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .value();
        assertThat(last).isEqualTo(newer);

        // And: a newer build starts; here it is this build
        feed.send(new ProducerRecord<>(CHANGELOG, 0, stored("newer"), sound));
        service.deleteState();
        service.start().awaitReady();
        dispositions.awaitLast(Events.key("newer"), each -> each.getStatus() == Status.COMPLETED);
        assertNoDeadLetters();
    }

    private static StoredBytes store() {
        return new StoredBytes(StoreFiles.of(service, "0_0"));
    }

    private static byte[] stored(String id) {
        byte[] key = Events.key(id).getBytes(UTF_8);
        return ByteBuffer.allocate(1 + key.length).put((byte) 1).put(key).array();
    }

    private void defer(String id) {
        feed.send(TopicNames.EVENTS, Events.deferred(id, now, now.plusSeconds(3_600)));
        dispositions.awaitLast(Events.key(id), each -> each.getStatus() == Status.DEFERRED);
    }

    private void complete(String id) {
        feed.send(TopicNames.EVENTS, Events.completed(id, now.plusMillis(1)));
    }

    private static void awaitSetAside() {
        await("set aside")
                .atMost(SOON)
                .until(() -> service.metrics().sum("foundling_set_aside", Map.of("kind", "subject")) == 1);
    }

    private static void assertNoDeadLetters() {
        assertThat(new TopicReader(stack.bootstrapServers()).committed(TopicNames.DEAD_LETTERS))
                .isEmpty();
    }
}
