package io.foundling.console.delivery.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReceiverLoopTest extends ReceiverLoopHarness {

    private static final String AWAY = "alertmanager cannot be served at present, trying again in %d s: away";

    @Test
    void shouldServeUntilItIsClosedWhenItIsTheOwner() {
        // Given
        assertThat(loop.problem()).contains("receiver alertmanager: has not joined its group and read all alerts yet");
        loop.start();
        untilServed(1);
        until(() -> loop.problem().isEmpty());
        assertThat(counts.isActive(NAME)).isTrue();

        // When
        loop.close();

        // Then
        assertThat(counts.isActive(NAME)).isFalse();
        assertThat(members).singleElement().matches(MockConsumer::closed);
        assertThat(readers).singleElement().matches(MockConsumer::closed);
        assertThat(producers).singleElement().matches(MockProducer::closed);
        assertThat(log.all())
                .containsExactly("this process serves alertmanager", "this process serves alertmanager no longer");
    }

    @Test
    void shouldWaitWithoutAProblemWhenAnotherProcessIsTheOwner() {
        // Given
        clients.members = () -> member(SECOND);

        // When
        loop.start();

        // Then
        until(() -> loop.problem().isEmpty());
        assertThat(counts.isActive(NAME)).isFalse();
        assertThat(producers).isEmpty();
    }

    @Test
    void shouldHaveAProblemUntilTheGroupKnowsIt() {
        // Given
        MockConsumer<byte[], byte[]> stranger = new MockConsumer<>("latest");
        clients.members = () -> stranger;
        loop.start();

        // When
        pollsAFewTimes(stranger);

        // Then
        assertThat(loop.problem()).isPresent();
    }

    @Test
    void shouldHaveAProblemUntilAllAlertsAreRead() {
        // Given
        Supplier<Consumer<byte[], byte[]>> complete = clients.committed;
        clients.committed = () -> {
            Consumer<byte[], byte[]> reader = complete.get();
            newest(readers).updateEndOffsets(Map.of(FIRST, 1L));
            return reader;
        };
        loop.start();
        until(() -> counts.isActive(NAME) && !readers.isEmpty());

        // When
        pollsAFewTimes(readers.get(0));

        // Then
        assertThat(loop.problem()).isPresent();
        assertThat(server.posts()).isEmpty();
    }

    @Test
    void shouldServeNoLongerWhenTheGroupGivesTheReceiverToAnother() {
        // Given
        loop.start();
        untilServed(1);

        // When
        members.get(0).schedulePollTask(() -> members.get(0).rebalance(List.of()));

        // Then
        until(() -> !counts.isActive(NAME));
        until(() -> readers.get(0).closed() && producers.get(0).closed());
        assertThat(members).singleElement().matches(member -> !member.closed());
    }

    @Test
    void shouldSendAWebhookWhatFires() {
        // Given
        loop = loop(new Receiver.Webhook(server.uri(), Receiver.Format.CLOUDEVENTS, Duration.ofMinutes(5)));
        loop.start();
        until(() -> loop.problem().isEmpty() && !readers.isEmpty());

        // When
        firesAndIsWritten();

        // Then
        assertThat(server.ids()).containsExactly("orphaned/s/0#1");
    }

    @Test
    void shouldOpenEverythingAnewWhenAnotherProcessHasTakenTheReceiverOver() {
        // Given
        clients.producers = () -> {
            clients.producers = this::producer;
            return shutOut();
        };
        loop.start();
        untilServed(1);

        // When
        fires();

        // Then
        until(() -> members.size() == 2);
        untilServed(2);
        firesAndIsWritten();
        assertThat(failures())
                .containsExactly("alertmanager cannot be served at present, trying again in 1 s:"
                        + " another process has taken over receiver alertmanager: fenced");
    }

    @Test
    void shouldGoOnWhenOpeningTookLongerThanASession() {
        // Given
        clients.producers = () -> {
            clock.passes(Duration.ofMillis(FakeClients.SESSION_MS + 1));
            return producer();
        };

        // When
        loop.start();

        // Then
        untilServed(1);
        assertThat(failures()).isEmpty();
    }

    @Test
    void shouldJoinAnewWhenTheProcessWasSuspendedForASession() {
        // Given
        loop.start();
        untilServed(1);

        // When
        members.get(0).schedulePollTask(() -> clock.passes(Duration.ofMillis(FakeClients.SESSION_MS + 1)));

        // Then
        until(() -> members.size() == 2);
        assertThat(failures()).singleElement().asString().endsWith("longer than session.timeout.ms");
    }

    @Test
    void shouldHoldAlertmanagerBackWhenItHasNotAskedItsGroupForASession() {
        // Given
        CountDownLatch resumed = new CountDownLatch(1);
        CountDownLatch suspended = new CountDownLatch(1);
        loop.start();
        untilServed(1);
        members.get(0).schedulePollTask(() -> {
            suspended.countDown();
            awaitUnchecked(resumed);
        });
        awaitUnchecked(suspended);

        // When
        clock.passes(Duration.ofMinutes(1));

        // Then
        until(() -> {
            clock.passes(Duration.ofMillis(1));
            return counts.ageMs("127.0.0.1:" + server.port()) > 0;
        });
        assertThat(server.posts()).hasSize(1);
        resumed.countDown();
    }

    @Test
    void shouldOpenNothingWhenTheSessionTimeoutIsNoNumber() {
        // Given
        clients.session = () -> {
            throw new NumberFormatException("no number");
        };

        // When
        loop.start();

        // Then
        until(() -> !failures().isEmpty());
        assertThat(members).isEmpty();
    }

    @Test
    void shouldWaitLongerWhenItFailsAgain() {
        // Given
        clients.members = () -> {
            throw new KafkaException("away");
        };
        long begunNs = System.nanoTime();

        // When
        loop.start();

        // Then
        until(() -> failures().size() >= 2);
        assertThat(System.nanoTime() - begunNs).isGreaterThanOrEqualTo(1_000_000_000L);
        assertThat(failures()).startsWith(AWAY.formatted(1), AWAY.formatted(2));
        assertThat(loop.problem()).contains("receiver alertmanager: away");
    }

    @Test
    void shouldWaitASecondAgainOnlyWhenProgressWasWrittenSinceTheLastFailure() {
        // Given
        loop.start();
        untilServed(1);
        firesAndIsWritten();
        firesAndIsWritten();
        goesAway();
        untilServed(2);
        goesAway();

        // When
        untilServed(3);
        firesAndIsWritten();
        firesAndIsWritten();
        goesAway();

        // Then
        until(() -> failures().size() == 3);
        assertThat(failures()).containsExactly(AWAY.formatted(1), AWAY.formatted(2), AWAY.formatted(1));
    }

    @Test
    void shouldWaitASecondAgainWhenAMinuteHasPassedWithoutAFailure() {
        // Given
        loop.start();
        untilServed(1);
        goesAway();
        untilServed(2);

        // When
        for (int i = 0; i < 6; i++) {
            newest(members).schedulePollTask(() -> clock.passes(Duration.ofSeconds(10)));
        }
        pollsAFewTimes(newest(members));
        goesAway();

        // Then
        until(() -> failures().size() == 2);
        assertThat(failures()).containsExactly(AWAY.formatted(1), AWAY.formatted(1));
    }

    @Test
    void shouldNameTheSettingWhenAnotherProcessHasItsName() {
        // Given
        clients.members = () -> {
            throw new FencedInstanceIdException("fenced");
        };

        // When
        loop.start();

        // Then
        until(() -> loop.problem()
                .equals(Optional.of("receiver alertmanager: another process has the name of this instance, a;"
                        + " give each its own with instance or FOUNDLING_INSTANCE")));
    }

    @Test
    void shouldSayWhyAReceiverIsNotServedWhenThatIsAnError() {
        // Given
        clients.members = () -> {
            throw new NoClassDefFoundError("io/foundling/Missing");
        };

        // When
        loop.start();

        // Then
        until(() -> loop.problem()
                .equals(Optional.of("receiver alertmanager: java.lang.NoClassDefFoundError: io/foundling/Missing")));
    }

    private static void pollsAFewTimes(MockConsumer<byte[], byte[]> consumer) {
        CountDownLatch polls = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            consumer.schedulePollTask(polls::countDown);
        }
        awaitUnchecked(polls);
    }

    /** The broker does, and the next member is let in again. */
    private void goesAway() {
        newest(members).schedulePollTask(() -> {
            throw new KafkaException("away");
        });
    }

    /** A producer that another one has shut out by the time of its second transaction. */
    private MockProducer<byte[], byte[]> shutOut() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void commitTransaction() {
                        if (commitCount() > 0) {
                            throw new ProducerFencedException("fenced");
                        }
                        super.commitTransaction();
                    }
                };
        producers.add(producer);
        return producer;
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
