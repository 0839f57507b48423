package io.foundling.service.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.clock.AuditClock;
import io.foundling.topology.clock.AuditClocks;
import io.foundling.topology.clock.BrokerTime;
import io.foundling.topology.clock.ProofTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the prober asks and what it makes of the answers. Proves rules T6 and T7. */
final class BrokerProberTest {

    private static final TopicPartition ANSWERS = new TopicPartition("audit.events", 0);
    private static final Uuid MADE_ANEW = new Uuid(0, 2);
    private static final TopicPartition SILENT = new TopicPartition("audit.events", 1);

    private final List<String> ends = new ArrayList<>();
    private final AtomicLong nowMs = new AtomicLong(1_000);
    private final BrokerTime brokers = new BrokerTime(() -> nowMs.get() * 1_000_000);
    private long aheadMs;
    private final AuditClocks clocks = new AuditClocks(Duration.ZERO);
    private final AuditClock answering = clocks.open("0_0", Set.of(ANSWERS));
    private final AuditClock other = clocks.open("0_1", Set.of(SILENT));
    private final FakeQuestions broker = new FakeQuestions()
            .ends(ANSWERS, 0, 10)
            .committed(ANSWERS, 10)
            .ends(SILENT, 0, 10)
            .committed(SILENT, 10);
    private BrokerProber prober = proberAfterResetOf();

    private BrokerProber proberAfterResetOf(TopicPartition... reset) {
        return new BrokerProber(
                broker,
                new ReplacedTopics("ledger"),
                Set.of(reset),
                clocks,
                new ProofTime(() -> nowMs.get() + aheadMs, brokers),
                brokers,
                why -> ends.add(why.getMessage()),
                Optional.of(Runnable::run));
    }

    @AfterEach
    void close() {
        prober.close();
    }

    @Test
    void shouldGiveATaskItsProofWhenThePartitionOfAnotherTaskDoesNotAnswer() {
        // Given
        probeAt(1_000);
        broker.silent(SILENT);

        // When
        probeAt(2_000);
        probeAt(3_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(3_000);
        assertThat(other.nowMs()).isEqualTo(1_000);
    }

    @Test
    void shouldGiveATaskItsProofWhenTheCommittedOffsetOfAnotherOneIsNotAnswered() {
        // Given
        broker.silent(SILENT);

        // When
        probeAt(1_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(1_000);
        assertThat(other.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldAskASilentPartitionAgainOnlyWhenItsQuestionHasFailed() {
        // Given
        probeAt(1_000);
        broker.silent(SILENT);
        probeAt(2_000);
        broker.takeAsked();
        probeAt(3_000);
        assertThat(broker.takeAsked()).containsExactly(ANSWERS);

        // When
        broker.timeOut(SILENT);
        probeAt(4_000);

        // Then
        assertThat(broker.takeAsked()).containsExactlyInAnyOrder(ANSWERS, SILENT);
        assertThat(other.nowMs()).isEqualTo(4_000);
    }

    @Test
    void shouldAskForTheEndsOnlyWhenTheCommittedOffsetIsKnown() {
        // Given
        broker.silent(SILENT);
        probeAt(1_000);
        assertThat(broker.takeAsked()).containsExactly(ANSWERS);

        // When
        broker.timeOut(SILENT);
        probeAt(2_000);

        // Then
        assertThat(broker.takeAsked()).containsExactlyInAnyOrder(ANSWERS, SILENT);
        assertThat(other.nowMs()).isEqualTo(2_000);
    }

    @Test
    void shouldEndWhenATopicIsMadeAnewWhileItIsRead() {
        // Given
        probeAt(1_000);

        // When
        broker.topicId(MADE_ANEW).ends(ANSWERS, 0, 20);
        probeAt(2_000);
        probeAt(3_000);

        // Then
        assertThat(ends)
                .singleElement()
                .asString()
                .contains(
                        "topic audit.events was deleted and created anew",
                        "--group ledger --topic audit.events --reset-offsets --to-earliest");
        assertThat(answering.nowMs()).isEqualTo(1_000);
    }

    @Test
    void shouldEndWhenATopicWasMadeAnewBetweenTwoLives() {
        // Given
        answering.readBefore(Map.of(ANSWERS.topic(), new Uuid(0, 1)));

        // When
        broker.topicId(MADE_ANEW);
        probeAt(1_000);

        // Then
        assertThat(ends).singleElement().asString().contains("created anew");
        assertThat(answering.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldEndWhenATopicWasMadeAnewAndTheBrokerRemovedTheCommittedOffset() {
        // Given
        answering.readBefore(Map.of(ANSWERS.topic(), new Uuid(0, 1)));

        // When
        broker.topicId(MADE_ANEW).uncommitted(ANSWERS);
        probeAt(1_000);

        // Then
        assertThat(ends).singleElement().asString().contains("created anew");
        assertThat(answering.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldReadATopicThatWasMadeAnewWhenTheGroupWasReset() {
        // Given
        answering.readBefore(Map.of(ANSWERS.topic(), new Uuid(0, 1)));
        prober = proberAfterResetOf(ANSWERS);
        broker.topicId(MADE_ANEW).committed(ANSWERS, 3);

        // When
        probeAt(1_000);

        // Then
        assertThat(ends).isEmpty();
        assertThat(answering.nowMs()).isEqualTo(AuditClock.UNSET);
        clocks.polled(ANSWERS, -1, 10);
        assertThat(answering.nowMs()).isEqualTo(1_000);
        assertThat(answering.topicIds()).containsEntry(ANSWERS.topic(), MADE_ANEW);
    }

    @Test
    void shouldEndWhenAPartitionEndsBeforeTheCommittedOffset() {
        // Given
        broker.ends(ANSWERS, 0, 9);

        // When
        probeAt(1_000);

        // Then
        assertThat(ends)
                .singleElement()
                .asString()
                .startsWith("topic audit.events ends at offset 9 in partition 0, expected at least 10");
        assertThat(answering.nowMs()).isEqualTo(AuditClock.UNSET);
    }

    @Test
    void shouldGoOnWhenTheBrokerKnowsNoIdsOfTopics() {
        // Given
        answering.readBefore(Map.of(ANSWERS.topic(), new Uuid(0, 1)));

        // When
        broker.topicId(Uuid.ZERO_UUID);
        probeAt(1_000);

        // Then
        assertThat(ends).isEmpty();
        assertThat(answering.nowMs()).isEqualTo(1_000);
    }

    @Test
    void shouldNotBelieveAWallClockThatIsAheadOfTheController() {
        // Given
        aheadMs = 3_600_000;
        prober = proberAfterResetOf();
        broker.time(CompletableFuture.completedFuture(1_002L));

        // When
        probeAt(1_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(1_002);
    }

    @Test
    void shouldMakeNoProofWhenTheControllerHasNotAnsweredYet() {
        // Given
        CompletableFuture<Long> answer = new CompletableFuture<>();
        broker.time(answer);
        probeAt(1_000);
        assertThat(broker.takeAsked()).isEmpty();

        // When
        answer.completeExceptionally(new TimeoutException("no controller"));
        probeAt(2_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(2_000);
    }

    @Test
    void shouldTellTheEndOfAPartitionSoThatAnAppendTimeCanBeJudged() {
        // Given
        probeAt(1_000);
        aheadMs = 3_600_000;
        probeAt(2_000);
        assertThat(answering.nowMs()).isEqualTo(2_000);

        // When
        brokers.read(ANSWERS, 10, 3_602_000);
        probeAt(3_000);

        // Then
        assertThat(answering.nowMs()).isEqualTo(3_603_000);
    }

    private void probeAt(long ms) {
        nowMs.set(ms);
        prober.probe();
    }
}
