package io.foundling.console.model.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.table.DeadLetter;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.BatchWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadSessionTest {

    private static final String TRAIL = "audit.letters";
    private static final String OTHER = "audit.other";
    private static final TopicPartition PARTITION = new TopicPartition(TRAIL, 0);
    private static final Uuid ID = new Uuid(1, 2);

    @TempDir
    private Path directory;

    private final List<OffsetAndMetadata> sought = new ArrayList<>();
    private final List<Set<TopicPartition>> askedForEnds = new ArrayList<>();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of, Duration patience) {
            askedForEnds.add(Set.copyOf(of));
            if (isBrokerAway) {
                throw new TimeoutException("the broker is away");
            }
            return super.endOffsets(of, patience);
        }

        @Override
        public synchronized void seek(TopicPartition partition, OffsetAndMetadata to) {
            sought.add(to);
            super.seek(partition, to);
        }
    };
    private final FakeAnswers answers = new FakeAnswers();
    private boolean isBrokerAway;
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private Database database;

    @BeforeEach
    void create() {
        database = TestDatabase.SQLITE.create(directory);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldBeReadyOnceEverythingIsReadAndNotWhileItsPartitionsAreSharedOutAnew() {
        // Given
        ReadSession session = joined();
        assertThat(session.problem())
                .contains("has not read everything yet that there was at its start; unread are 1" + " records");
        consumer.addRecord(letter(0));
        session.poll();
        assertThat(session.problem()).isEmpty();

        // When
        session.onPartitionsRevoked(List.of(PARTITION));

        // Then
        assertThat(session.problem()).contains("has not joined its group yet");
    }

    @Test
    void shouldNameATopicThatIsMissing() {
        // Given
        answers.partitions = Map.of(TRAIL, 1);

        // When
        ReadSession session = joined(TRAIL, OTHER);
        consumer.addRecord(letter(0));
        session.poll();

        // Then
        assertThat(session.problem()).get().asString().contains("missing: audit.other;");
    }

    @Test
    void shouldNotBeReadyBeforeAnotherProcessHasReadItsPartitions() {
        // Given
        answers.partitions = Map.of(TRAIL, 2);
        ReadSession session = joined();
        consumer.addRecord(letter(0));
        session.poll();
        assertThat(session.problem())
                .get()
                .asString()
                .contains("until its group has read")
                .contains(TRAIL);

        // When
        database.write(handle -> {
            Positions.begin(
                    handle, new Position(new TopicPartition(TRAIL, 1), ID.toString(), 1, 5, 5, true, 0, 0), true);
            return null;
        });
        now = now.plusSeconds(2);

        // Then
        assertThat(session.problem()).isEmpty();
    }

    @Test
    void shouldCheckOffsetsAnewWhenAnotherProcessHasMovedThePosition() {
        // Given
        ReadSession session = joined();
        Position first = database.read(Positions::all).get(0);
        database.write(handle -> Positions.advance(handle, first, first.advanced(9, 0), 0, 0, -1));
        consumer.addRecord(letter(0));

        // When
        session.poll();

        // Then
        assertThat(database.read(Positions::all))
                .extracting(Position::nextOffset)
                .containsExactly(1L);
        assertThat(consumer.position(PARTITION)).isEqualTo(1);
    }

    @Test
    void shouldHoldEachRecordOfTheTrailOnceWhenTheBrokerHasLostItsEnd() {
        // Given
        ReadSession session = joined();
        consumer.addRecord(letter(0));
        session.poll();
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));

        // When
        session.onPartitionsRevoked(List.of(PARTITION));
        session.onPartitionsAssigned(List.of(PARTITION));

        // Then
        assertThat(TestDatabase.rows(database, "SELECT * FROM dead_letter")).isEmpty();

        // When
        consumer.addRecord(letter(0));
        session.poll();

        // Then
        assertThat(TestDatabase.rows(database, "SELECT * FROM dead_letter")).hasSize(1);
        assertThat(TestDatabase.values(database, Long.class, "SELECT complete_since_ms FROM position"))
                .containsExactly(0L);
    }

    /** The partition was filled again beyond the position, so that its end shows nothing. */
    @Test
    void shouldReadAgainWhatTookThePlaceOfRecordsThatALeaderHasLost() {
        // Given
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        ReadSession session = joined();
        consumer.addRecord(letter(0));
        consumer.addRecord(letter(1));
        consumer.addRecord(letter(2));
        session.poll();

        // When
        consumer.setPollException(new LogTruncationException(
                Map.of(PARTITION, 3L), Map.of(PARTITION, new OffsetAndMetadata(1, Optional.of(4), ""))));
        session.poll();

        // Then
        assertThat(consumer.position(PARTITION)).isEqualTo(1);
        assertThat(TestDatabase.values(database, Long.class, "SELECT record_offset FROM dead_letter"))
                .containsExactly(0L);
    }

    @Test
    void shouldReadACompactedPartitionAnewWhenALeaderHasLostRecords() {
        // Given
        ReadSession session = joined(List.of(new ModelTopic<>(TRAIL, Tables.CLOCK, avro -> record -> null)));
        consumer.addRecord(letter(0));
        session.poll();

        // When
        consumer.setPollException(new LogTruncationException(Map.of(PARTITION, 1L), Map.of()));
        session.poll();

        // Then
        assertThat(consumer.position(PARTITION)).isZero();
        assertThat(database.read(Positions::all))
                .extracting(Position::generation, Position::swept)
                .containsExactly(tuple(2, false));
    }

    @Test
    void shouldAskTheBrokerWithTheEpochOfTheLeaderOfTheLastRecord() {
        // Given
        ReadSession session = joined();
        consumer.addRecord(ofLeader(0, 7));
        session.poll();

        // When
        session.onPartitionsRevoked(List.of(PARTITION));
        session.onPartitionsAssigned(List.of(PARTITION));

        // Then
        assertThat(TestDatabase.values(database, Integer.class, "SELECT leader_epoch FROM position"))
                .containsExactly(7);
        assertThat(sought).last().extracting(OffsetAndMetadata::leaderEpoch).isEqualTo(Optional.of(7));
    }

    /** The second batch is not written, so neither is its epoch: it would look as if its records had been read. */
    @Test
    void shouldStoreTheEpochOfALeaderTogetherWithThePosition() {
        // Given
        ReadSession session = joined();
        consumer.addRecord(ofLeader(0, 7));
        session.poll();
        database.write(
                handle -> handle.execute("CREATE TRIGGER fails BEFORE UPDATE ON position WHEN NEW.next_offset = 2"
                        + " BEGIN SELECT RAISE(ABORT, 'no room'); END"));

        // When
        consumer.addRecord(ofLeader(1, 8));
        assertThatThrownBy(session::poll).isInstanceOf(RuntimeException.class);

        // Then
        assertThat(TestDatabase.values(database, Integer.class, "SELECT leader_epoch FROM position"))
                .containsExactly(7);
        assertThat(database.read(Positions::all))
                .extracting(Position::nextOffset)
                .containsExactly(1L);
    }

    /** One question for all of them, so that it can be asked often. */
    @Test
    void shouldSayEveryTenSecondsThatNothingCame() {
        // Given
        TopicPartition second = new TopicPartition(TRAIL, 1);
        answers.partitions = Map.of(TRAIL, 2);
        consumer.updateBeginningOffsets(Map.of(second, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L, second, 0L));
        ReadSession session = joined();
        consumer.rebalance(List.of(PARTITION, second));
        session.poll();
        askedForEnds.clear();

        // When
        now = now.plusMillis(9_999);
        session.poll();

        // Then
        assertThat(askedForEnds).isEmpty();

        // When
        now = now.plusMillis(1);
        session.poll();

        // Then
        assertThat(askedForEnds).containsExactly(Set.of(PARTITION, second));
        assertThat(database.read(Positions::all))
                .extracting(Position::asOfMs)
                .containsExactly(now.toEpochMilli(), now.toEpochMilli());
    }

    @Test
    void shouldNotSayThatNothingCameWhileTheBrokerSaysOtherwiseOrNothing() {
        // Given
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        ReadSession session = joined();
        session.poll();
        long before = now.toEpochMilli();

        // When
        now = now.plusSeconds(10);
        isBrokerAway = true;
        session.poll();

        // Then
        assertThat(database.read(Positions::all)).extracting(Position::asOfMs).containsExactly(before);

        // When
        now = now.plusSeconds(10);
        isBrokerAway = false;
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        session.poll();

        // Then
        assertThat(database.read(Positions::all)).extracting(Position::asOfMs).containsExactly(before);
    }

    private static ConsumerRecord<byte[], byte[]> ofLeader(long offset, int epoch) {
        return new ConsumerRecord<>(
                TRAIL,
                0,
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                "1".getBytes(StandardCharsets.UTF_8),
                new byte[1],
                new RecordHeaders(),
                Optional.of(epoch));
    }

    private ReadSession joined(String... topics) {
        List<ModelTopic<?>> read = List.of(topics.length == 0 ? new String[] {TRAIL} : topics).stream()
                .<ModelTopic<?>>map(topic -> new ModelTopic<>(topic, Tables.DEAD_LETTER, avro -> DeadLetter::of))
                .toList();
        return joined(read);
    }

    private ReadSession joined(List<ModelTopic<?>> read) {
        ReadSession session = new ReadSession(
                new ReaderSettings("group", "one", Map.of(), Map.of(), read),
                database,
                new BatchWriter(database, Duration.ofDays(7)),
                (topic, records, passedOver) -> {},
                () -> now,
                answers,
                consumer);
        session.begin();
        consumer.rebalance(List.of(PARTITION));
        return session;
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset) {
        return new ConsumerRecord<>(TRAIL, 0, offset, "1".getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    private static final class FakeAnswers implements TopicAnswers {

        private Map<String, Integer> partitions = Map.of(TRAIL, 1);

        @Override
        public Map<String, TopicDescription> descriptions(Collection<String> topics) {
            return topics.stream()
                    .filter(partitions::containsKey)
                    .collect(Collectors.toMap(topic -> topic, topic -> description(topic, partitions.get(topic))));
        }

        private static TopicDescription description(String topic, int partitions) {
            List<TopicPartitionInfo> each = IntStream.range(0, partitions)
                    .mapToObj(number -> new TopicPartitionInfo(number, null, List.of(), List.of()))
                    .toList();
            return new TopicDescription(topic, false, each, Set.of(), ID);
        }

        @Override
        public Map<String, Duration> tombstonesKept(Collection<String> topics) {
            return topics.stream().collect(Collectors.toMap(topic -> topic, topic -> Duration.ofDays(1)));
        }

        @Override
        public void close() {}
    }
}
