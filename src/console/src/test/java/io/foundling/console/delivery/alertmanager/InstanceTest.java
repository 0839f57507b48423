package io.foundling.console.delivery.alertmanager;

import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static io.foundling.console.delivery.Changes.labelled;
import static io.foundling.console.delivery.Changes.labels;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.console.delivery.Changes;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceTest extends InstanceHarness {

    @Test
    void shouldSendEverythingAtTheStartAndEveryMinuteWhileItFires() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 3), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ofMinutes(3));

        // Then
        assertThat(sent()).hasSize(4).allSatisfy(post -> assertThat(post).hasSize(1));
        JsonNode last = sent().get(3).get(0);
        assertThat(last.path("endsAt").asText())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)).toString());
        assertThat(last.path("startsAt").asText()).isEqualTo(FakeClock.START.toString());
        assertThat(last.path("labels").path("application").asText()).isEqualTo("ledger");
        assertThat(last.path("annotations").path("count").asText()).isEqualTo("3");
        assertThat(last.path("generatorURL").asText())
                .isEqualTo("https://console/alerts?key=orphaned%2Funiversity%2Fdeclaration");
    }

    @Test
    void shouldSendNothingBeforeAllAlertsAreKnown() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 3), clock.instant());

        // Then
        assertThat(instance.step()).isEqualTo(Worker.NEVER);
        assertThat(server.posts()).isEmpty();
    }

    @Test
    void shouldSendOnlyTheChangeWhenOneAlertOfManyChanges() throws InterruptedException {
        // Given
        for (int i = 0; i < 10; i++) {
            alerts.changed(firingAlone("orphaned/s/" + i, 1, clock.instant()), clock.instant());
        }
        alerts.begin(clock.instant());
        runFor(Duration.ofSeconds(1));

        // When
        alerts.changed(firing(1, 1), clock.instant());
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(sent()).extracting(JsonNode::size).containsExactly(10, 1);
    }

    @Test
    void shouldRepeatTheEndForAQuarterOfAnHourWhenAnAlertResolves() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ofSeconds(1));
        Instant end = clock.instant();
        alerts.changed(resolved(2, end), end);
        server.forget();

        // When
        runFor(Duration.ofMinutes(20));

        // Then
        List<JsonNode> ends = sent().stream().filter(post -> post.size() == 1).toList();
        assertThat(ends)
                .hasSize(16)
                .allSatisfy(
                        post -> assertThat(post.get(0).path("endsAt").asText()).isEqualTo(end.toString()));
    }

    @Test
    void shouldSayNothingOfTheEndWhenTheAlertFiresAgain() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        alerts.changed(resolved(2, clock.instant()), clock.instant());

        // When
        alerts.changed(firing(Changes.KEY, 3, 1, clock.instant()), clock.instant());
        runFor(Duration.ZERO);

        // Then
        assertThat(sent()).hasSize(1);
        assertThat(sent().get(0)).hasSize(1);
        assertThat(sent().get(0).get(0).path("endsAt").asText())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(5)).toString());
    }

    @Test
    void shouldEndTheFormerLabelsFirstWhenAPolicyChangesThemWhileNobodyRuns() throws InterruptedException {
        // Given
        alerts.changed(labelled(1, labels("warning")), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);

        // When
        restart();
        alerts.changed(labelled(2, labels("critical")), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);

        // Then
        JsonNode post = sent().get(1);
        assertThat(post).hasSize(2);
        assertThat(post.get(0).path("labels").path("severity").asText()).isEqualTo("warning");
        assertThat(post.get(0).path("endsAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(post.get(1).path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(progress.written().get(Changes.KEY).labels()).containsEntry("severity", "critical");
    }

    @Test
    void shouldEndAnAlertWhenItIsGoneAfterARestart() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);

        // When
        restart();
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);

        // Then
        assertThat(sent().get(1).get(0).path("endsAt").asText())
                .isEqualTo(clock.instant().toString());
        assertThat(progress.written()).isEmpty();
    }

    @Test
    void shouldSendAllThatStandsWhenAnInstanceComesBackAfterAnHour() throws InterruptedException {
        // Given
        server.answers(503);
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ofMinutes(30));
        alerts.changed(resolved(2, clock.instant()), clock.instant());
        alerts.changed(firingAlone("orphaned/s/1", 1, clock.instant()), clock.instant());
        runFor(Duration.ofMinutes(30));
        assertThat(instance.behindMs()).isEqualTo(Duration.ofHours(1).toMillis());

        // When
        server.answers(200);
        server.forget();
        runFor(Duration.ofMinutes(1));

        // Then
        assertThat(sent().get(0)).hasSize(1);
        assertThat(sent().get(0).get(0).path("labels").path("stage").asText()).isEqualTo("orphaned/s/1");
        assertThat(instance.behindMs()).isZero();
    }

    @Test
    void shouldSendEverythingAfterAFailureBecauseTheInstanceMayHaveLostIt() throws InterruptedException {
        // Given
        alerts.changed(firingAlone("orphaned/s/1", 1, clock.instant()), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ofSeconds(1));
        server.answers(503);
        alerts.changed(firing(1, 1), clock.instant());
        runFor(Duration.ZERO);
        server.answers(200);

        // When
        runFor(Duration.ofSeconds(1));

        // Then
        assertThat(sent()).extracting(JsonNode::size).containsExactly(1, 1, 2);
    }

    @Test
    void shouldHoldBackWhileAnotherProcessMayBeTheOwner() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        runFor(Duration.ZERO);
        mayServe = false;

        // When
        runFor(Duration.ofHours(1));

        // Then
        assertThat(server.posts()).hasSize(1);
        mayServe = true;
        runFor(Duration.ofSeconds(1));
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void shouldSendEveryMinuteWhenTheClockIsSetBack() throws InterruptedException {
        // Given
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());
        long before = instance.step();
        clock.passes(Duration.ofHours(-1));
        assertThat(instance.step()).isEqualTo(before);

        // When
        clock.passes(Duration.ofMinutes(1));
        instance.step();

        // Then
        assertThat(sent()).hasSize(2);
        assertThat(sent().get(1).get(0).path("endsAt").asText())
                .isEqualTo(FakeClock.START.plus(Duration.ofMinutes(5)).toString());
    }

    @Test
    void shouldGiveUpAnExchangeWhenAnInstanceHangs() throws InterruptedException {
        // Given
        instance = instance(Duration.ofMillis(300));
        server.answers(FakeReceiver.HANG);
        alerts.changed(firing(1, 1), clock.instant());
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(counts.all()).isEqualTo(Map.of("failed", 1));
    }

    @Test
    void shouldSendAStormInPartsWhenTenThousandAlertsFire() throws InterruptedException {
        // Given
        for (int i = 0; i < 10_000; i++) {
            alerts.changed(firingAlone("orphaned/s/" + i, 1, clock.instant()), clock.instant());
        }
        alerts.begin(clock.instant());

        // When
        runFor(Duration.ZERO);

        // Then
        assertThat(sent()).hasSize(20).allSatisfy(post -> assertThat(post).hasSize(Instance.AT_ONCE));
        assertThat(progress.written()).hasSize(10_000);
    }
}
