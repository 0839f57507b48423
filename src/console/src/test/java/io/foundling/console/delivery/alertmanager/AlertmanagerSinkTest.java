package io.foundling.console.delivery.alertmanager;

import static io.foundling.console.delivery.Changes.KEY;
import static io.foundling.console.delivery.Changes.firing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.ProgressLog;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AlertmanagerSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Counts counts = new Counts();

    @Test
    void shouldGoOnSendingToAllInstancesWhenACommitHangs() {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch commits = new CountDownLatch(1);
        ProgressLog hanging = done -> {
            if (!done.isEmpty()) {
                commits.countDown();
                never.await();
            }
        };
        try (FakeReceiver one = new FakeReceiver();
                FakeReceiver two = new FakeReceiver();
                AlertmanagerSink sink = sink(hanging, one, two)) {
            sink.changed(firing(1, 1));
            sink.begin();
            await().atMost(PATIENCE).until(() -> commits.getCount() == 0);

            // When
            sink.changed(firing(2, 4_711));

            // Then
            await().atMost(PATIENCE).until(() -> hasCount(one) && hasCount(two));
        }
    }

    @Test
    void shouldSendToTheOthersWhenOneInstanceHangs() {
        // Given
        try (FakeReceiver silent = new FakeReceiver();
                FakeReceiver other = new FakeReceiver();
                AlertmanagerSink sink = sink(done -> {}, silent, other)) {
            silent.answers(FakeReceiver.HANG);
            sink.begin();
            await().atMost(PATIENCE)
                    .until(() -> silent.posts().size() == 1 && other.posts().size() == 1);

            // When
            sink.changed(firing(1, 4_711));

            // Then
            await().atMost(PATIENCE).until(() -> hasCount(other));
            assertThat(silent.posts()).hasSize(1);
        }
    }

    @Test
    void shouldShowWhyItCannotGoOnWhenAnotherProcessServesTheReceiver() {
        // Given
        ProgressLog taken = done -> {
            if (!done.isEmpty()) {
                throw new NoLongerOwnerException("alertmanager", null);
            }
        };
        try (FakeReceiver one = new FakeReceiver();
                FakeReceiver two = new FakeReceiver();
                AlertmanagerSink sink = sink(taken, one, two)) {
            // When
            sink.changed(firing(1, 1));
            sink.begin();

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sink.failure()).isInstanceOf(NoLongerOwnerException.class));
        }
    }

    @Test
    void shouldSendWhatFiredForAFormerOwnerAndThatItEndsWhenItIsRemoved() throws IOException {
        // Given
        try (FakeReceiver one = new FakeReceiver();
                AlertmanagerSink sink = sink(done -> {}, () -> true, one.uri())) {
            sink.restore(
                    Progress.of(firing(1, 1), new Progress.Outcome(DeliveryResult.DELIVERED, 1, "", Instant.now())));
            sink.unreadable(KEY);
            sink.begin();
            await().atMost(PATIENCE).until(() -> one.bodies().stream().anyMatch(body -> body.contains("university")));

            // When
            sink.removed(KEY);

            // Then
            await().atMost(PATIENCE).until(() -> one.posts().size() == 2);
            String end = new ObjectMapper()
                    .readTree(one.bodies().get(1))
                    .at("/0/endsAt")
                    .asText();
            assertThat(Instant.parse(end)).isBeforeOrEqualTo(Instant.now());
        }
    }

    @Test
    void shouldMeasureAnInstanceThatHangsUntilItIsClosed() {
        // Given
        try (FakeReceiver silent = new FakeReceiver()) {
            silent.answers(FakeReceiver.HANG);
            String endpoint = "127.0.0.1:" + silent.port();
            AlertmanagerSink sink = sink(done -> {}, () -> true, silent.uri());
            sink.begin();
            await().atMost(PATIENCE).until(() -> counts.ageMs(endpoint) > 0);

            // When
            sink.close();

            // Then
            assertThat(counts.ageMs(endpoint)).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("notify-"));
        }
    }

    @Test
    void shouldSendNothingWhileAnotherProcessMayBeTheOwner() {
        // Given
        try (FakeReceiver one = new FakeReceiver();
                AlertmanagerSink sink = sink(done -> {}, () -> false, one.uri())) {
            // When
            sink.begin();

            // Then
            await().atMost(PATIENCE).until(() -> counts.ageMs("127.0.0.1:" + one.port()) > 0);
            assertThat(one.posts()).isEmpty();
        }
    }

    @Test
    void shouldUseTheApiBelowThePathOfAnInstance() throws InterruptedException {
        // Given
        try (FakeReceiver one = new FakeReceiver()) {
            URI instance = URI.create(one.uri() + "/prefix/");
            Receiver receiver = receiver(new Receiver.Alertmanager(List.of(instance)));
            Presentation shown = new Presentation("ledger", Optional.empty());

            // When
            AlertmanagerSink.ask(instance, receiver);
            AlertmanagerSink.send(firing(1, 1), instance, receiver, shown, InstantSource.system());

            // Then
            assertThat(one.posts())
                    .extracting(FakeReceiver.Post::method, FakeReceiver.Post::path)
                    .containsExactly(tuple("GET", "/prefix/api/v2/status"), tuple("POST", "/prefix/api/v2/alerts"));
            assertThat(one.bodies().get(1)).doesNotContain("generatorURL");
        }
    }

    private static boolean hasCount(FakeReceiver instance) {
        return instance.bodies().stream().anyMatch(body -> body.contains("4711"));
    }

    private AlertmanagerSink sink(ProgressLog progress, FakeReceiver one, FakeReceiver two) {
        return sink(progress, () -> true, one.uri(), two.uri());
    }

    private AlertmanagerSink sink(ProgressLog progress, BooleanSupplier mayServe, URI... instances) {
        Receiver.Alertmanager kind = new Receiver.Alertmanager(List.of(instances));
        return new AlertmanagerSink(
                receiver(kind),
                kind,
                new Presentation("ledger", Optional.empty()),
                progress,
                counts,
                new SteadyClock(InstantSource.system()),
                mayServe);
    }

    private static Receiver receiver(Receiver.Kind kind) {
        return new Receiver("alertmanager", Transport.open(PATIENCE), kind);
    }
}
