package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static io.foundling.console.delivery.Changes.labelled;
import static io.foundling.console.delivery.Changes.labels;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.Worker;
import io.foundling.console.delivery.http.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookTest extends HookHarness {

    @Test
    void shouldSendFiringAndResolvedInOrderWhenAnAlertWasShort() throws InterruptedException {
        // Given
        begin();
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1", Changes.KEY + "#2");
        assertThat(server.posts().get(0).contentType()).isEqualTo("application/cloudevents+json");
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 2));
        assertThat(pending.wakeMs()).isEqualTo(Worker.NEVER);
    }

    @Test
    void shouldSendTheNewestCountEveryFiveMinutesWhenACountGrowsEachSecond() throws InterruptedException {
        // Given
        begin();
        changed(firing(1, 1));

        // When
        for (int second = 1; second <= 3_600; second++) {
            runFor(Duration.ofSeconds(1));
            changed(firing(1 + second, 1 + second));
        }
        changed(resolved(4_000, clock.instant()));
        runFor(Duration.ZERO);

        // Then: one at the start, one every five minutes, and the end.
        assertThat(server.bodies()).hasSize(14);
        assertThat(server.bodies().get(1)).contains("\"count\":300");
        assertThat(server.bodies().get(13)).contains("\"status\":\"RESOLVED\"");
    }

    @Test
    void shouldRepeatOnlyTheOneUnderWayWhenItEndsBeforeThatIsWritten() throws InterruptedException {
        // Given
        begin();
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));
        runFor(Duration.ZERO);
        changed(firingAlone("orphaned/s/2", 1, clock.instant()));
        changed(firingAlone("orphaned/s/3", 1, clock.instant()));
        progress.fails(true);
        assertThatThrownBy(() -> runFor(Duration.ZERO)).isInstanceOf(NoLongerOwnerException.class);
        progress.fails(false);

        // When
        restart();
        for (int i = 1; i <= 3; i++) {
            changed(firingAlone("orphaned/s/" + i, 1, clock.instant()));
        }
        begin();
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids())
                .containsExactly("orphaned/s/1#1", "orphaned/s/2#1", "orphaned/s/2#1", "orphaned/s/3#1");
    }

    @Test
    void shouldSendNothingAgainWhenItStartsWithTheProgressOfAFormerOwner() throws InterruptedException {
        // Given
        begin();
        changed(firing(1, 1));
        runFor(Duration.ZERO);

        // When
        restart();
        changed(firing(1, 1));
        begin();
        runFor(Duration.ofHours(1));

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1");
    }

    @Test
    void shouldSendTheEndWhenAnAlertWasRemovedMeanwhile() throws InterruptedException {
        // Given
        begin();
        changed(firing(1, 1));
        runFor(Duration.ZERO);

        // When
        restart();
        begin();
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1", Changes.KEY + "#1/removed");
        assertThat(server.bodies().get(1)).contains("\"status\":\"RESOLVED\"", "\"source\":\"university\"");
        assertThat(progress.written()).isEmpty();
    }

    @Test
    void shouldLogTheNextFailureWhenTheReceiverAnsweredInBetween() throws InterruptedException {
        // Given
        begin();
        try (LogLines log = new LogLines(Hook.class)) {
            server.answers(503);
            changed(firing(1, 1));
            runFor(Duration.ZERO);
            server.answers(200);
            runFor(Duration.ofSeconds(1));

            // When
            server.answers(503);
            changed(resolved(2, clock.instant()));
            runFor(Duration.ZERO);

            // Then
            assertThat(log.all())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("#1, trying again: 503"),
                            again -> assertThat(again).endsWith(" answers again, after 1 failures"),
                            second -> assertThat(second).contains("#2, trying again: 503"));
        }
    }

    @Test
    void shouldKeepHowOftenAMessageWasSent() throws InterruptedException {
        // Given
        begin();
        server.answers(503);
        changed(firing(1, 1));
        runFor(Duration.ofSeconds(1));
        server.answers(200);

        // When
        runFor(Duration.ofSeconds(2));

        // Then
        assertThat(progress.written().get(Changes.KEY).outcome().attempts()).isEqualTo(3);
    }

    @Test
    void shouldSkipWhatIsOverWhenAReceiverIsNew() {
        // Given
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));
        changed(firingAlone("orphaned/s/1", 1, clock.instant()));

        // When
        progress.write(pending.prepare(true, clock.instant(), steady.millis()));
        pending.begin();

        // Then
        assertThat(pending.next(steady.millis()).orElseThrow().change().key()).isEqualTo("orphaned/s/1");
        assertThat(progress.written().get(Changes.KEY).outcome().result()).isEqualTo(DeliveryResult.SKIPPED);
    }

    @Test
    void shouldSendWhatBeganAndEndedWhenThereWasNoProcess() throws InterruptedException {
        // Given
        changed(firing(1, 1));
        changed(resolved(2, clock.instant()));

        // When
        begin();
        runFor(Duration.ZERO);

        // Then
        assertThat(server.ids()).containsExactly(Changes.KEY + "#1", Changes.KEY + "#2");
    }

    @Test
    void shouldEndTheFormerLabelsInTheSameMessageWhenAPolicyChangesThem() throws InterruptedException {
        // Given
        hook = hook(Receiver.Format.ALERTMANAGER);
        begin();
        changed(labelled(1, labels("warning")));
        runFor(Duration.ZERO);

        // When
        changed(labelled(2, labels("critical")));
        runFor(Duration.ofMinutes(1).minusMillis(1));
        int withinAMinute = server.posts().size();
        runFor(Duration.ofMillis(1));

        // Then
        assertThat(withinAMinute).isEqualTo(1);
        assertThat(server.bodies().get(1))
                .containsSubsequence("\"status\":\"resolved\"", "warning", "\"status\":\"firing\"", "critical");
    }

    @Test
    void shouldSignAndProveWithTheCredentialsOfTheMomentWhenItSends() throws InterruptedException {
        // Given
        byte[] secret = "s3cret".getBytes(StandardCharsets.UTF_8);
        begin();
        changed(firing(1, 1));
        runFor(Duration.ZERO);

        // When
        credentials = new Credentials(Optional.of("Bearer t0ken"), Optional.of(secret), Optional.empty());
        changed(resolved(2, clock.instant()));
        runFor(Duration.ZERO);

        // Then
        assertThat(server.posts())
                .satisfiesExactly(
                        before -> {
                            assertThat(before.signature()).isNull();
                            assertThat(before.authorization()).isNull();
                        },
                        after -> {
                            byte[] body = after.body().getBytes(StandardCharsets.UTF_8);
                            assertThat(Signature.headers(after.id(), clock.millis(), body, Optional.of(secret)))
                                    .containsEntry(Signature.SIGNATURE, after.signature());
                            assertThat(after.authorization()).isEqualTo("Bearer t0ken");
                        });
    }

    @Test
    void shouldSignAsStandardWebhooksSays() {
        // Given: the example of the specification.
        byte[] secret = java.util.Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        // When
        Map<String, String> headers =
                Signature.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000L, body, Optional.of(secret));

        // Then
        assertThat(headers)
                .containsEntry(Signature.SIGNATURE, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
                .containsEntry(Signature.TIMESTAMP, "1614265330");
    }
}
