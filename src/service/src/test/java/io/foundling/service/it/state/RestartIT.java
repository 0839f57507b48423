package io.foundling.service.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process that ends, by force or on request, and comes back as the same member of its group. */
class RestartIT {

    private static final int INTERRUPTED = 128 + 15;

    /** Far below the session timeout of 45 s, after which anybody would be given the tasks. */
    private static final Duration QUICK = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static EventFeed feed;
    private static ServiceProcess service;
    private static Output<Disposition> dispositions;
    private static Output<OrphanWarning> orphans;

    private final Instant now = Instant.now();

    @BeforeAll
    static void start() throws IOException {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, 1, TopicNames.EVENTS);
        Path config = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\n");
        service = stack.closeFirst(ServiceProcess.of(stack, directory, "static-member", config, Map.of()));
        service.start().awaitReady();
        feed = stack.closeFirst(EventFeed.into(stack));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        orphans = stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldReachNowPastAbortedRecordsThatCameBeforeItWasKilled() {
        // Given
        feed.send(TopicNames.EVENTS, Events.deferred("promised", now, now.plusSeconds(3_600)));
        status("promised", Status.DEFERRED);
        try (EventFeed upstream = EventFeed.transactional(stack, "upstream")) {
            upstream.producer().beginTransaction();
            upstream.send(TopicNames.EVENTS, Events.completed("promised", now));
            upstream.send(TopicNames.EVENTS, Events.completed("neverHappened", now));
            upstream.producer().abortTransaction();
        }

        // When
        service.kill();
        service.start();

        // Then
        await("ready").atMost(QUICK).until(service::isReady);
        await("a clock that goes")
                .atMost(QUICK)
                .until(() -> service.metrics().sum("foundling_audit_clock_lag_seconds") <= 4);
        Instant due = Instant.now();
        feed.send(TopicNames.EVENTS, Events.deferred("lost", due, due));
        orphans.awaitLast(Events.key("lost"), found -> true);
        assertThat(dispositions.of(Events.key("neverHappened"))).isEmpty();
        status("promised", Status.DEFERRED);
    }

    @Test
    void shouldStopWhenAskedToAndComeBackQuicklyWithWhatItKnew() {
        // Given
        feed.send(TopicNames.EVENTS, Events.deferred("before", now, now.plusSeconds(3_600)));
        status("before", Status.DEFERRED);

        // When
        Instant asked = Instant.now();
        int exitCode = service.terminate();
        Duration stopped = Duration.between(asked, Instant.now());
        feed.send(TopicNames.EVENTS, Events.completed("before", now.plusMillis(1)));
        service.start();
        await("ready").atMost(QUICK).until(service::isReady);

        // Then
        assertThat(exitCode).as(service.log()).isEqualTo(INTERRUPTED);
        assertThat(stopped).isLessThan(Duration.ofSeconds(20));
        status("before", Status.COMPLETED);
        Disposition found = dispositions.awaitLast(Events.key("before"), each -> true);
        assertThat(found.getAttempt()).isEqualTo(1);
        assertThat(found.getFirstOccurredAt()).isBefore(found.getLastOccurredAt());
        assertThat(service.log()).doesNotContain("\tat ", "Exception in thread");
    }

    private static void status(String id, Status status) {
        dispositions.awaitLast(Events.key(id), found -> found.getStatus() == status);
    }
}
