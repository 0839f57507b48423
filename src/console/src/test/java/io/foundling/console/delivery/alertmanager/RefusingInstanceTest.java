package io.foundling.console.delivery.alertmanager;

import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.LogLines;
import io.foundling.console.delivery.Progress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an instance gets that does not take what it is sent. */
class RefusingInstanceTest extends InstanceHarness {

    @Test
    void shouldCountAndGoOnWhenAnInstanceRefuses() throws InterruptedException {
        // Given
        server.answers(400, "bad label");
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ofSeconds(59));

        // Then
        assertThat(server.posts()).hasSize(1);
        assertThat(counts.all()).isEqualTo(Map.of("refused", 1));
    }

    @Test
    void shouldLogARefusalAgainOnlyAfterASuccess() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        try (LogLines log = new LogLines(Instance.class)) {
            server.answers(400, "bad label");
            runFor(Duration.ofMinutes(3));
            assertThat(log.all()).singleElement().asString().endsWith("400 bad label");

            // When
            server.answers(200);
            runFor(Duration.ofMinutes(1));
            server.answers(400, "bad label");
            runFor(Duration.ofMinutes(1));

            // Then
            assertThat(log.all()).hasSize(2);
        }
    }

    @Test
    void shouldKeepTheAnswerInTheProgressWhenAnInstanceRefuses() throws InterruptedException {
        // Given
        server.answers(400, "bad label");
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(progress.written().get(Changes.KEY).outcome())
                .isEqualTo(new Progress.Outcome(DeliveryResult.REFUSED, 1, "400 bad label", clock.instant()));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 422})
    void shouldSendAgainWhenAnInstanceTakesNothing(int status) throws InterruptedException {
        // Given
        server.answers(status);
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);
        assertThat(progress.written()).isEmpty();

        // When
        server.answers(200);
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(counts.all()).isEqualTo(Map.of("failed", 1, "delivered", 1));
        assertThat(progress.written()).hasSize(1);
    }

    @Test
    void shouldHalveWhenAProxyTakesOnlySmallPosts() throws InterruptedException {
        // Given
        server.takesAtMost(3_000);
        for (int i = 0; i < 50; i++) {
            alerts.changed(firingAlone("orphaned/s/" + i, 1, clock.instant()), clock.instant());
        }
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 50));
        assertThat(progress.written()).hasSize(50);
        assertThat(server.posts()).hasSizeLessThan(40);
    }

    @Test
    void shouldRefuseOnlyTheAlertThatIsTooLargeByItself() throws InterruptedException {
        // Given
        server.takesAtMost(3_000);
        alerts.changed(firingAlone("orphaned/s/1", 1, clock.instant()), clock.instant());
        alerts.changed(firingAlone("orphaned/" + "s".repeat(3_000), 1, clock.instant()), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 1, "refused", 1));
    }

    @Test
    void shouldBoundAPostInBytesWhenAlertsAreLarge() throws InterruptedException {
        // Given
        for (int i = 0; i < 100; i++) {
            alerts.changed(firingAlone("orphaned/" + "s".repeat(20_000) + i, 1, clock.instant()), clock.instant());
        }
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(server.bodies())
                .hasSizeGreaterThan(1)
                .allSatisfy(body -> assertThat(body.length()).isLessThanOrEqualTo(Instance.MAX_BYTES));
        assertThat(counts.all()).isEqualTo(Map.of("delivered", 100));
    }

    @Test
    void shouldSendAgainWhenAnInstanceRefusesThatThereIsNothing() throws InterruptedException {
        // Given
        server.answers(400, "no such path");
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(counts.all()).isEqualTo(Map.of("failed", 1));
    }

    @Test
    void shouldWaitAlthoughSomethingChangesWhenAnInstanceTakesNothing() throws InterruptedException {
        // Given
        server.answers(503);
        alerts.begin(clock.instant());
        long againMs = instance.step();

        // When
        alerts.changed(firing(1, 1), clock.instant());

        // Then
        assertThat(instance.step()).isEqualTo(againMs);
        assertThat(server.posts()).hasSize(1);
    }

    @Test
    void shouldNotHammerAndSayOnceThatAnInstanceIsAwayForAnHour() throws InterruptedException {
        // Given
        server.answers(401, "who are you");
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        try (LogLines log = new LogLines(Instance.class)) {
            // When
            runFor(Duration.ofHours(1));
            int attempts = server.posts().size();
            server.answers(200);
            runFor(Duration.ofMinutes(1));

            // Then: after 1, 2, 4, 8, 16 and 32 s, and then each minute
            assertThat(attempts).isEqualTo(1 + 6 + 58);
            assertThat(log.all())
                    .satisfiesExactly(
                            away -> assertThat(away)
                                    .startsWith("alertmanager at 127.0.0.1:")
                                    .endsWith(" does not take alerts, trying again: 401 who are you;"
                                            + " see receivers[].authorizationFile"),
                            back -> assertThat(back).endsWith(" takes alerts again, after 65 failures"));
        }
    }

    @Test
    void shouldWaitASecondAgainWhenAnInstanceHasAnsweredInBetween() throws InterruptedException {
        // Given
        server.answers(503);
        alerts.begin(clock.instant());
        runFor(Duration.ofMinutes(10));
        server.answers(200);
        runFor(Duration.ofMinutes(1));
        server.answers(503);
        alerts.changed(firing(1, 1), clock.instant());
        server.forget();

        // When
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void shouldWaitAMinuteAtMostWhenAnInstanceAsksForTen() throws InterruptedException {
        // Given
        server.answers(429);
        server.asksToWait(600);
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ofSeconds(60));

        // Then
        assertThat(server.posts()).hasSize(2);
    }
}
