package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static io.foundling.console.delivery.Changes.labelled;
import static io.foundling.console.delivery.Changes.labels;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages that a receiver does not take. */
class FailingHookTest extends HookHarness {

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void shouldGoOnWhenAReceiverRefusesForGood(int status) throws InterruptedException {
        // Given
        begin();
        server.answers(status, "no such hook");
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        server.answers(200);

        // When
        changed(resolved(2, clock.instant()));
        runFor(Duration.ofHours(1));

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1", Changes.KEY + "#2");
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 1, "refused", 1));
    }

    @ParameterizedTest
    @CsvSource({
        "401, receivers[].authorizationFile",
        "403, receivers[].authorizationFile",
        "404, receivers[].url or urlFile",
        "405, receivers[].url or urlFile",
        "407, receivers[].url or urlFile",
        "410, receivers[].url or urlFile",
        "302, receivers[].url or urlFile"
    })
    void shouldNameTheSettingAndLoseNothingWhenASettingIsWrong(int status, String setting) throws InterruptedException {
        // Given
        begin();
        server.answers(503);
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        try (LogLines log = new LogLines(Hook.class)) {
            server.answers(status, "no");
            runFor(Duration.ofMinutes(5));
            server.answers(200);

            // When
            runFor(Duration.ofMinutes(1));

            // Then
            assertThat(log.all())
                    .satisfiesExactly(
                            failed -> assertThat(failed).endsWith("trying again: " + status + " no; see " + setting),
                            again -> assertThat(again).contains(" answers again, after "));
            assertThat(server.ids()).containsOnly(Changes.KEY + "#1");
            assertThat(counts.all()).containsEntry("delivered", 1).doesNotContainKey("refused");
        }
    }

    @Test
    void shouldLogARefusalWithTheAnswerAndAFailureOnceUntilTheReceiverAnswers() throws InterruptedException {
        // Given
        begin();
        try (LogLines log = new LogLines(Hook.class)) {
            server.answers(503, "later");
            changed(firing(1, 1));
            runFor(Duration.ofMinutes(2));
            server.answers(400, "no such hook");

            // When
            runFor(Duration.ofMinutes(1));

            // Then
            assertThat(log.all())
                    .satisfiesExactly(
                            failed -> assertThat(failed)
                                    .startsWith("hook at 127.0.0.1:")
                                    .endsWith(" does not take " + Changes.KEY + "#1, trying again: 503 later"),
                            again -> assertThat(again).contains(" answers again, after "),
                            refused -> assertThat(refused)
                                    .endsWith(" refuses " + Changes.KEY + "#1 for good: 400 no such hook"));
        }
    }

    @Test
    void shouldKeepTheAnswerWhenAReceiverRefuses() throws InterruptedException {
        // Given
        begin();
        server.answers(400, "unknown\nteam");
        changed(firing(1, 1));

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(progress.written().get(Changes.KEY).outcome().result()).isEqualTo(DeliveryResult.REFUSED);
        assertThat(progress.written().get(Changes.KEY).outcome().answer()).isEqualTo("400 unknown team");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 408, 425, 429, 500, 503, 301})
    void shouldRepeatTheSameDeliveryWhenAnAttemptFails(int status) throws InterruptedException {
        // Given
        begin();
        server.answers(status);
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        changed(firing(2, 2));
        changed(resolved(3, clock.instant()));
        server.answers(200);

        // When
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1", Changes.KEY + "#1", Changes.KEY + "#3");
        assertThat(server.bodies().get(1)).contains("\"count\":1");
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 2, "failed", 1));
    }

    @Test
    void shouldRepeatTheSameDeliveryWhenAReceiverHangs() throws InterruptedException {
        // Given
        hook = hook(Receiver.Format.CLOUDEVENTS, Duration.ofMillis(300));
        begin();
        server.answers(FakeReceiver.HANG);
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        hook = hook(Receiver.Format.CLOUDEVENTS);
        server.answers(200);

        // When
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(server.ids()).containsOnly(Changes.KEY + "#1");
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 1, "failed", 1));
    }

    @Test
    void shouldLoseNothingAndNotHammerWhenAReceiverIsAwayForAnHour() throws InterruptedException {
        // Given
        begin();
        server.answers(500);
        for (int i = 0; i < 20; i++) {
            changed(firingAlone("orphaned/s/" + i, 1, clock.instant()));
        }

        // When
        runFor(Duration.ofHours(1));
        int attempts = server.posts().size();
        server.answers(200);
        server.forget();
        runFor(Duration.ofMinutes(1));

        // Then
        assertThat(attempts).isBetween(60, 70);
        assertThat(server.ids()).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void shouldWaitAsLongAsAskedWhenAReceiverIsBusy() throws InterruptedException {
        // Given
        begin();
        server.answers(429);
        server.asksToWait(120);
        changed(firing(1, 1));

        // When
        runFor(Duration.ofSeconds(119));

        // Then
        assertThat(server.posts()).hasSize(1);
        runFor(Duration.ofSeconds(1));
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void shouldSendNoOtherAlertBeforeTheTimeThatABusyReceiverAskedFor() throws InterruptedException {
        // Given
        begin();
        server.answers(429);
        server.asksToWait(120);
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));

        // When
        runFor(Duration.ofSeconds(119));

        // Then
        assertThat(server.posts()).hasSize(1);
    }

    @Test
    void shouldWaitASecondAgainWhenAReceiverHasAnsweredInBetween() throws InterruptedException {
        // Given
        begin();
        server.answers(500);
        changed(firing(1, 1));
        runFor(Duration.ofMinutes(10));
        server.answers(200);
        runFor(Duration.ofMinutes(1));
        server.answers(500);
        server.forget();

        // When
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void shouldGoOnInTimeWhenTheClockIsSetBack() throws InterruptedException {
        // Given
        begin();
        changed(firing(1, 1));
        runFor(Duration.ZERO);
        changed(firing(2, 2));
        server.answers(500);
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));
        runFor(Duration.ZERO);
        server.answers(200);
        server.forget();

        // When
        clock.passes(Duration.ofHours(-1));
        runFor(Duration.ofSeconds(1));
        Instant at = clock.instant();
        changed(firingAlone("orphaned/s/1", 2, FakeClock.START));
        runFor(UPDATES.minusSeconds(1));

        // Then
        assertThat(server.ids()).containsExactly("orphaned/s/1#1", Changes.KEY + "#2");
        assertThat(progress.written().get("orphaned/s/1").outcome().at()).isEqualTo(at);
    }

    @Test
    void shouldSendOtherAlertsWhenOneAlwaysFails() throws InterruptedException {
        // Given
        begin();
        changed(firing("orphaned/poison/a", 1, 1, clock.instant()));
        server.answers(500);
        runFor(Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            changed(firingAlone("orphaned/s/" + i, 1, clock.instant()));
        }

        // When
        clock.passes(Duration.ofMillis(999));
        server.answers(200);
        clock.passes(Duration.ofMillis(1));
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids().subList(1, 6)).allMatch(id -> id.startsWith("orphaned/s/"));
    }

    @Test
    void shouldEndTheLabelsThatTheReceiverHasWhenItRefusedNewOnes() throws InterruptedException {
        // Given
        hook = hook(Receiver.Format.ALERTMANAGER);
        begin();
        changed(labelled(1, labels("warning")));
        runFor(Duration.ZERO);
        server.answers(400);
        changed(labelled(2, labels("critical")));
        runFor(Duration.ofMinutes(1));
        changed(labelled(3, labels("page")));
        runFor(Duration.ofMinutes(1));
        server.answers(200);

        // When
        changed(resolved(4, labels("page"), clock.instant()));
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids()).endsWith(Changes.KEY + "#3", Changes.KEY + "#4");
        assertThat(server.bodies().get(3))
                .contains("\"status\":\"resolved\"", "warning")
                .doesNotContain("\"status\":\"firing\"", "critical", "page");
        assertThat(progress.written().get(Changes.KEY).firing()).isFalse();
    }

    @Test
    void shouldEndTheLabelsThatTheReceiverHasLaterWhenItRefusedTheEnd() throws InterruptedException {
        // Given
        hook = hook(Receiver.Format.ALERTMANAGER);
        begin();
        changed(labelled(1, labels("warning")));
        runFor(Duration.ZERO);
        server.answers(400);
        changed(resolved(2, labels("warning"), clock.instant()));
        runFor(Duration.ZERO);
        boolean fires = progress.written().get(Changes.KEY).firing();
        server.answers(200);

        // When
        changed(labelled(3, labels("critical")));
        runFor(Duration.ofMinutes(1));

        // Then
        assertThat(fires).isTrue();
        assertThat(server.bodies().get(2).split("\"alerts\"")[1])
                .containsSubsequence("\"status\":\"resolved\"", "warning", "\"status\":\"firing\"", "critical");
        assertThat(progress.written().get(Changes.KEY).labels()).isEqualTo(labels("critical"));
    }

    @Test
    void shouldNotEndLabelsThatTheReceiverRefused() throws InterruptedException {
        // Given
        hook = hook(Receiver.Format.ALERTMANAGER);
        begin();
        server.answers(400);
        changed(labelled(1, labels("warning")));
        runFor(Duration.ZERO);
        Map<String, String> refused = progress.written().get(Changes.KEY).labels();
        server.answers(200);

        // When
        changed(labelled(2, labels("critical")));
        runFor(Duration.ofMinutes(1));

        // Then
        assertThat(refused).isEmpty();
        assertThat(server.bodies()).hasSize(2);
        assertThat(server.bodies().get(1)).contains("critical").doesNotContain("resolved", "warning");
    }

    @Test
    void shouldSendNoEndWhenAnAlertIsRemovedThatTheReceiverRefused() throws InterruptedException {
        // Given
        begin();
        server.answers(400);
        changed(firing(1, 1));
        runFor(Duration.ZERO);

        // When
        boolean isErased = pending.removed(Changes.KEY, clock.instant(), steady.millis());
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(isErased).isTrue();
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1");
    }

    @Test
    void shouldKeepTheNewestChangesWhenAnAlertFlapsForHours() throws InterruptedException {
        // Given
        begin();
        server.answers(500);
        for (int i = 1; i < 10_000; i += 2) {
            clock.passes(Duration.ofSeconds(1));
            changed(firing(Changes.KEY, i, 1, clock.instant()));
            changed(resolved(Changes.KEY, i + 1, clock.instant(), clock.instant()));
        }
        server.answers(200);

        // When
        runFor(Duration.ofHours(1));

        // Then
        assertThat(server.posts()).hasSizeLessThanOrEqualTo(AlertQueue.MAX_WAITING);
        assertThat(server.ids().get(server.ids().size() - 1)).isEqualTo(Changes.KEY + "#10000");
        List<String> statuses = new ArrayList<>();
        server.bodies().forEach(body -> statuses.add(body.contains("FIRING") ? "FIRING" : "RESOLVED"));
        for (int i = 0; i < statuses.size(); i++) {
            assertThat(statuses.get(i)).isEqualTo(i % 2 == 0 ? "FIRING" : "RESOLVED");
        }
    }
}
