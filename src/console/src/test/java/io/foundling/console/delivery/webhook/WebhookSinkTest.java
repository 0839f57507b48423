package io.foundling.console.delivery.webhook;

import static io.foundling.console.delivery.Changes.KEY;
import static io.foundling.console.delivery.Changes.firing;
import static io.foundling.console.delivery.Changes.firingAlone;
import static io.foundling.console.delivery.Changes.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.NoLongerOwnerException;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebhookSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeReceiver server = new FakeReceiver();
    private final List<Map<String, Boolean>> writes = new CopyOnWriteArrayList<>();
    private final Counts counts = new Counts();
    private volatile boolean isTaken;
    private volatile CountDownLatch mayWrite = new CountDownLatch(0);
    private final WebhookSink sink = sink();

    @AfterEach
    void stop() {
        sink.close();
        server.close();
    }

    @Test
    void shouldEraseInOneStepWhenAlertsAreRemovedTogether() throws InterruptedException {
        // Given
        for (int i = 0; i < 1_000; i++) {
            sink.restore(delivered("orphaned/s/" + i));
            sink.changed(resolved("orphaned/s/" + i, 2, FakeClock.START, FakeClock.START));
        }
        sink.prepare(false);
        sink.begin();

        // When
        for (int i = 0; i < 1_000; i++) {
            sink.removed("orphaned/s/" + i);
        }
        sink.handedOver();
        sink.handedOver();

        // Then
        await().atMost(PATIENCE).until(() -> !written().isEmpty());
        assertThat(written())
                .singleElement()
                .satisfies(written -> assertThat(written).hasSize(1_000).doesNotContainValue(true));
    }

    @Test
    void shouldEraseWhatWasBeforeItSendsAnAlertThatIsThereAgain() throws InterruptedException {
        // Given
        sink.restore(delivered(KEY));
        sink.changed(resolved(2, FakeClock.START));
        sink.prepare(false);
        sink.begin();

        // When
        sink.removed(KEY);
        sink.changed(firing(3, 1));
        await().atMost(PATIENCE).until(() -> writes.contains(Map.of(KEY, true)));
        sink.handedOver();

        // Then
        assertThat(server.ids()).containsExactly(KEY + "#3");
        assertThat(written()).containsExactly(Map.of(KEY, false), Map.of(KEY, true));
    }

    @Test
    void shouldGoOnReadingWhenProgressCannotBeWritten() throws InterruptedException {
        // Given
        mayWrite = new CountDownLatch(1);
        sink.restore(delivered(KEY));
        sink.changed(resolved(2, FakeClock.START));
        sink.prepare(false);
        sink.begin();

        // When
        sink.removed(KEY);
        sink.handedOver();
        sink.changed(firing(3, 1));
        sink.handedOver();

        // Then
        assertThat(written()).isEmpty();
        mayWrite.countDown();
        await().atMost(PATIENCE).until(() -> writes.contains(Map.of(KEY, true)));
        assertThat(written()).containsExactly(Map.of(KEY, false), Map.of(KEY, true));
    }

    @Test
    void shouldSendNothingOfWhatIsUnreadableOrWasSentByAFormerOwner() {
        // Given
        sink.restore(done(firing(1, 1)));
        sink.unreadable(KEY);
        sink.restore(done(firingAlone("orphaned/s/sent", 1, FakeClock.START)));
        sink.changed(firingAlone("orphaned/s/sent", 1, FakeClock.START));
        sink.prepare(false);

        // When
        sink.begin();
        sink.changed(firingAlone("orphaned/z/last", 1, FakeClock.START));

        // Then
        await().atMost(PATIENCE).until(() -> server.ids().contains("orphaned/z/last#1"));
        assertThat(server.ids()).containsExactly("orphaned/z/last#1");
    }

    @Test
    void shouldSendTheEndOfAnAlertThatIsRemoved() {
        // Given
        sink.changed(firing(1, 1));
        sink.prepare(false);
        sink.begin();
        await().atMost(PATIENCE).until(() -> writes.contains(Map.of(KEY, true)));

        // When
        sink.removed(KEY);

        // Then
        await().atMost(PATIENCE).until(() -> server.ids().equals(List.of(KEY + "#1", KEY + "#1/removed")));
    }

    @Test
    void shouldKeepANewCountForTheTimeThatTheReceiverWants() {
        // Given
        sink.changed(firing(1, 1));
        sink.prepare(false);
        sink.begin();
        await().atMost(PATIENCE).until(() -> writes.contains(Map.of(KEY, true)));

        // When
        sink.changed(firing(2, 2));
        sink.changed(firingAlone("orphaned/z/last", 1, FakeClock.START));

        // Then
        await().atMost(PATIENCE).until(() -> server.posts().size() == 2);
        assertThat(server.ids()).containsExactly(KEY + "#1", "orphaned/z/last#1");
    }

    @Test
    void shouldMeasureAReceiverThatHangsUntilItIsClosed() {
        // Given
        server.answers(FakeReceiver.HANG);
        String endpoint = "127.0.0.1:" + server.port();
        sink.changed(firing(1, 1));
        sink.prepare(false);
        sink.begin();
        await().atMost(PATIENCE).until(() -> counts.ageMs(endpoint) > 0);

        // When
        sink.close();

        // Then
        assertThat(counts.ageMs(endpoint)).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("notify-hook");
    }

    @Test
    void shouldShowWhyItCannotGoOnWhenAnotherProcessServesTheReceiver() {
        // Given
        isTaken = true;
        sink.changed(firing(1, 1));
        sink.prepare(false);

        // When
        sink.begin();

        // Then
        await().atMost(PATIENCE).until(() -> sink.failure() instanceof NoLongerOwnerException);
    }

    @Test
    void shouldAskWithAHeadWhetherTheReceiverAnswers() throws InterruptedException {
        // Given
        Receiver.Webhook kind = kind();

        // When
        WebhookSink.ask(receiver(kind), kind);

        // Then
        assertThat(server.posts()).extracting(FakeReceiver.Post::method).containsExactly("HEAD");
    }

    /** Returns all writes that wrote something. */
    private List<Map<String, Boolean>> written() {
        return writes.stream().filter(written -> !written.isEmpty()).toList();
    }

    private static Progress delivered(String key) {
        return done(resolved(key, 2, FakeClock.START, FakeClock.START));
    }

    private static Progress done(Notification change) {
        return Progress.of(change, new Progress.Outcome(DeliveryResult.DELIVERED, 1, "200", Instant.now()));
    }

    private Receiver.Webhook kind() {
        return new Receiver.Webhook(server.uri(), Receiver.Format.CLOUDEVENTS, Duration.ofMinutes(5));
    }

    private static Receiver receiver(Receiver.Webhook kind) {
        return new Receiver("hook", Transport.open(PATIENCE), kind);
    }

    private WebhookSink sink() {
        Receiver.Webhook kind = kind();
        return new WebhookSink(
                receiver(kind),
                kind,
                new Presentation("ledger", Optional.empty()),
                this::write,
                counts,
                InstantSource.system());
    }

    /** Remembers of each key whether progress was written, or erased. */
    private void write(Map<String, Optional<Progress>> done) throws InterruptedException {
        mayWrite.await();
        if (isTaken) {
            throw new NoLongerOwnerException("hook", null);
        }
        Map<String, Boolean> written = new HashMap<>();
        done.forEach((key, progress) -> written.put(key, progress.isPresent()));
        writes.add(written);
    }
}
