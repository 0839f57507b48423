package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.runtime.UnusableTopicsException;
import io.foundling.topology.names.TopicNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source topic that is deleted and created again under its name on a real broker. Proves rule T7. */
class MadeAnewIT {

    private static final int PARTITIONS = 2;
    private static final String SETTINGS =
            "{allowedLag: 1s, kafka: {session.timeout.ms: 6000, heartbeat.interval.ms: 1000}}";
    private static final String MADE_ANEW = "topic audit.events was deleted and created anew";

    @TempDir
    private Path directory;

    private LocalStack stack;
    private Output<Disposition> dispositions;
    private Output<OrphanWarning> orphans;

    @BeforeEach
    void startStack() {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
    }

    @AfterEach
    void stopStack() {
        stack.close();
    }

    @Test
    void shouldEndTheStartUntilTheGroupIsResetWhenATopicWasMadeAnewMeanwhile() throws Exception {
        // Given
        String promised = Events.idIn(0, PARTITIONS, "promised");
        Instant now = Instant.now();
        LiveLedger before = LiveLedger.start(stack, directory, SETTINGS).awaitReady();
        send(Events.deferred(promised, now, now.plusSeconds(20)));
        awaitStatus(promised, Status.DEFERRED);
        before.close();
        makeAnew();
        send(Events.completed(promised, now.plusMillis(1)));
        send(Events.completed(Events.idIn(0, PARTITIONS, "other"), now));

        // When
        Throwable first = LiveLedger.start(stack, directory, SETTINGS).awaitFailure();
        Throwable second = LiveLedger.start(stack, directory, SETTINGS).awaitFailure();

        // Then
        assertThat(first)
                .isInstanceOf(UnusableTopicsException.class)
                .hasMessageContaining(MADE_ANEW)
                .hasMessageContaining("--reset-offsets");
        assertThat(second).isInstanceOf(UnusableTopicsException.class).hasMessageContaining(MADE_ANEW);
        reset();
        LiveLedger after = LiveLedger.start(stack, directory, SETTINGS).awaitReady();
        awaitStatus(promised, Status.COMPLETED);
        after.close();
        LiveLedger.start(stack, directory, SETTINGS).awaitReady().close();
        assertThat(orphans.of(Events.key(promised))).isEmpty();
    }

    @Test
    void shouldEndWhenATopicIsMadeAnewWhileItIsRead() throws Exception {
        // Given
        String read = Events.idIn(0, PARTITIONS, "read");
        Instant now = Instant.now();
        LiveLedger ledger = LiveLedger.start(stack, directory, SETTINGS).awaitReady();
        send(Events.deferred(read, now, now.plusSeconds(3_600)));
        awaitStatus(read, Status.DEFERRED);

        // When
        makeAnew();
        Throwable why = ledger.awaitFailure();

        // Then
        assertThat(why).isInstanceOf(UnusableTopicsException.class).hasMessageContaining("topic");
    }

    private void send(AuditEvent event) {
        try (EventFeed feed = EventFeed.into(stack)) {
            feed.send(TopicNames.EVENTS, event);
        }
    }

    private void awaitStatus(String id, Status status) {
        dispositions.awaitLast(Events.key(id), found -> found.getStatus() == status);
    }

    private void makeAnew() throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(TopicNames.EVENTS)).all().get();
            await("the topic is gone")
                    .atMost(LiveLedger.PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(TopicNames.EVENTS));
        }
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS);
    }

    /** What kafka-consumer-groups.sh does with {@code --reset-offsets --to-earliest}. */
    private void reset() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            earliest.put(new TopicPartition(TopicNames.EVENTS, partition), new OffsetAndMetadata(0));
        }
        try (Admin admin = admin()) {
            await("nobody is in the group")
                    .atMost(LiveLedger.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> {
                        admin.alterConsumerGroupOffsets("foundling", earliest)
                                .all()
                                .get();
                        return true;
                    });
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
    }
}
