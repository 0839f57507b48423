package io.foundling.service.it.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Alert;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
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
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is edited, broken and mended while the service runs, as its user sees it. Proves rules T21 and A14. */
class ReloadIT {

    private static final String CONFIG = """
        application: reloading
        allowedLag: 1s
        policies:
          - {name: declarations, stage: declaration, window: %s, owner: %s}
        """;

    @TempDir
    private Path directory;

    @Test
    void shouldFollowTheFileWithoutARestart() throws IOException {
        try (LocalStack stack = LocalStack.startTemporary()) {
            // Given
            LiveLedger.createTopics(stack, 2, TopicNames.EVENTS);
            ServiceProcess service =
                    ServiceProcess.ready(stack, directory, "reloading", CONFIG.formatted("1h", "registry"));
            EventFeed feed = stack.closeFirst(EventFeed.into(stack));
            Output<Disposition> dispositions =
                    stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
            Output<OrphanWarning> orphans =
                    stack.closeFirst(new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class));
            Output<Alert> alerts = stack.closeFirst(new Output<>(stack, TopicNames.ALERTS, Alert.class));
            feed.send(TopicNames.EVENTS, Events.deferred("r1", Instant.now()));
            dispositions.awaitLast(Events.key("r1"), found -> found.getDeadline() != null);

            // When
            write(CONFIG.formatted("1s", "archive"));

            // Then
            orphans.awaitLast(Events.key("r1"), warning -> warning.getRule().equals("policy:declarations"));
            alerts.awaitLast("orphaned/university/declaration", alert -> isOwnedBy(alert, "archive"));
            awaitSeen(() -> {
                assertThat(service.log())
                        .contains("other policies are in force, as " + file() + " has changed: changed 'declarations'")
                        .containsPattern("task 0_[01] follows changed policies: since it started it looked at 1"
                                + " subjects, 1 of them awaiting, and gave 1 another deadline or grace");
                assertThat(reloads(service, "applied")).isOne();
                assertThat(service.metrics().sum("foundling_retimed_subjects_total"))
                        .isOne();
            });

            // When
            write(CONFIG.formatted("soon", "archive"));

            // Then
            awaitSeen(() -> {
                assertThat(service.log())
                        .contains("line 4: policies[].window is 'soon', expected a duration")
                        .contains("the policies that were read before stay in force");
                assertThat(reloads(service, "refused")).isOne();
                assertThat(service.metrics().sum("foundling_policies_reload_successful"))
                        .isZero();
            });
            assertThat(service.isReady()).isTrue();
            feed.send(TopicNames.EVENTS, Events.deferred("r2", Instant.now()));
            orphans.awaitLast(Events.key("r2"), warning -> true);

            // When
            write(CONFIG.formatted("2h", "archive") + "threads: 2\n");

            // Then
            orphans.await(
                    Events.key("r1"), changes -> changes.get(changes.size() - 1).equals(Optional.empty()));
            orphans.await(
                    Events.key("r2"), changes -> changes.get(changes.size() - 1).equals(Optional.empty()));
            awaitSeen(() -> {
                assertThat(service.metrics().sum("foundling_policies_reload_successful"))
                        .isOne();
                assertThat(service.log()).contains("other values than at the start for threads: these count from");
            });
        }
    }

    private static void awaitSeen(ThrowingRunnable seen) {
        await("log and metrics").atMost(LiveLedger.PATIENCE).untilAsserted(seen);
    }

    private static boolean isOwnedBy(Alert alert, String owner) {
        return owner.equals(alert.getLabels().get("owner"));
    }

    private static long reloads(ServiceProcess service, String result) {
        return service.metrics().sum("foundling_policies_reloads_total", Map.of("result", result));
    }

    private Path file() {
        return directory.resolve("foundling.yaml");
    }

    private void write(String config) throws IOException {
        Files.writeString(file(), config);
    }
}
