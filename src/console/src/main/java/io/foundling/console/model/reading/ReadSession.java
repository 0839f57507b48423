package io.foundling.console.model.reading;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions that its group gives this process, from where the database says, until something fails. One
 * thread, and those with which it writes.
 */
final class ReadSession implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadSession.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int RECORDS_A_BATCH = 2_000;
    private static final long BYTES_A_BATCH = 4 << 20;
    private static final Duration IDENTITY_CHECKS = Duration.ofSeconds(10);

    private final Database database;
    private final BatchWriter writer;
    private final ReaderListener listener;
    private final InstantSource clock;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicAnswers answers;
    private final WritingThreads threads;
    private final Round round;
    private final Map<String, Object> avro;
    private final Map<String, ModelTopic<?>> topics = new TreeMap<>();
    private final Map<TopicPartition, ReadPartition<?>> partitions = new HashMap<>();
    private final Map<TopicPartition, Integer> epochs = new HashMap<>();
    private final GroupProgress progress;
    private final IdlePartitions idle;
    private Map<String, TopicDescription> found = Map.of();
    private boolean hasJoined;
    private long identityCheckedMs;

    ReadSession(
            ReaderSettings settings,
            Database database,
            BatchWriter writer,
            ReaderListener listener,
            InstantSource clock,
            TopicAnswers answers,
            Consumer<byte[], byte[]> consumer) {
        this.database = database;
        this.writer = writer;
        this.listener = listener;
        this.clock = clock;
        this.consumer = consumer;
        this.answers = answers;
        threads = new WritingThreads(database.writers());
        round = new Round(consumer, database.writers());
        avro = settings.avro();
        settings.topics().forEach(topic -> topics.put(topic.name(), topic));
        idle = new IdlePartitions(consumer, writer, clock);
        progress = new GroupProgress(database, settings.topics(), clock);
    }

    /** Joins the group. */
    void begin() {
        checkIdentities();
        consumer.subscribe(topics.keySet(), this);
    }

    /** Reads and writes what there is, for at most a moment if there is nothing. */
    void poll() {
        try {
            round.read(POLL);
            write();
        } catch (LogTruncationException lost) {
            beginWhereRecordsWereLost(lost);
        }
        if (clock.millis() - identityCheckedMs > IDENTITY_CHECKS.toMillis()) {
            checkIdentities();
        }
    }

    /** Only this thread asks the consumer; what was read of each partition is decoded and written by itself. */
    private void write() {
        Set<TopicPartition> movedByOthers = ConcurrentHashMap.newKeySet();
        List<Runnable> work = new ArrayList<>();
        for (ReadPartition<?> each : partitions.values()) {
            TopicPartition partition = each.partition();
            consumer.currentLag(partition).ifPresent(each::lag);
            round.epoch(partition).ifPresent(epoch -> epochs.put(partition, epoch));
            int epoch = epochs.getOrDefault(partition, Batch.UNKNOWN_EPOCH);
            List<ConsumerRecord<byte[], byte[]>> records = round.take(partition);
            long nextOffset = consumer.position(partition);
            Runnable write = () -> {
                if (!writeAll(each, records, nextOffset, epoch)) {
                    movedByOthers.add(partition);
                }
            };
            if (records.isEmpty()) {
                write.run();
            } else {
                work.add(write);
            }
        }
        threads.run(work);
        movedByOthers.addAll(idle.note(partitions, epochs));
        if (!movedByOthers.isEmpty()) {
            LOG.info("another process has read {} meanwhile; nothing is written twice", movedByOthers);
            begin(movedByOthers, Map.of());
        }
    }

    /**
     * Returns whether no other process has moved the position. The epoch of the leader moves with it: with that of an earlier
     * leader, a later position would look as if its records were lost.
     *
     * @param epoch of the leader of the last record
     */
    private <T> boolean writeAll(
            ReadPartition<T> each, List<ConsumerRecord<byte[], byte[]>> records, long nextOffset, int epoch) {
        List<List<ConsumerRecord<byte[], byte[]>>> portions = Portions.of(records, RECORDS_A_BATCH, BYTES_A_BATCH);
        for (int i = 0; i < portions.size(); i++) {
            boolean isLast = i == portions.size() - 1;
            List<ConsumerRecord<byte[], byte[]>> portion = portions.get(i);
            long next = isLast ? nextOffset : portions.get(i + 1).get(0).offset();
            if (!write(each, portion, next, isLast ? epoch : epochOfLast(portion))) {
                return false;
            }
        }
        return true;
    }

    private static int epochOfLast(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.get(records.size() - 1).leaderEpoch().orElse(Batch.UNKNOWN_EPOCH);
    }

    private <T> boolean write(
            ReadPartition<T> each, List<ConsumerRecord<byte[], byte[]>> records, long nextOffset, int epoch) {
        Optional<Batch<T>> batch = each.batch(records, nextOffset);
        if (batch.isEmpty()) {
            return true;
        }
        boolean isOurs = each.write(writer, batch.get().ofLeader(epoch));
        if (isOurs) {
            listener.applied(
                    each.partition().topic(),
                    records.size() - batch.get().passedOver(),
                    batch.get().passedOver());
        }
        return isOurs;
    }

    /** A broker that was not in sync became the leader, so that others have taken the place of records that were read. */
    private void beginWhereRecordsWereLost(LogTruncationException lost) {
        Map<TopicPartition, Long> lostFrom = new HashMap<>();
        for (TopicPartition each : lost.partitions()) {
            OffsetAndMetadata divergent = lost.divergentOffsets().get(each);
            lostFrom.put(each, divergent == null ? 0 : divergent.offset());
        }
        begin(lost.partitions(), lostFrom);
    }

    /** The consumer would go on at its offset in a topic that was made anew. */
    private void checkIdentities() {
        identityCheckedMs = clock.millis();
        found = answers.descriptions(topics.keySet());
        for (ReadPartition<?> each : partitions.values()) {
            TopicDescription topic = found.get(each.partition().topic());
            if (topic != null
                    && !topic.topicId().toString().equals(each.position().topicId())) {
                throw new KafkaException("topic " + topic.name() + " was made anew");
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        hasJoined = true;
        if (!assigned.isEmpty()) {
            begin(assigned, Map.of());
        }
    }

    /**
     * Reads partitions from where the database and the broker say together.
     *
     * @param lostFrom of partitions that have lost records that were read: the offset of the first of them
     */
    private void begin(Collection<TopicPartition> assigned, Map<TopicPartition, Long> lostFrom) {
        round.forget(assigned);
        Set<String> names = assigned.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        Map<String, TopicDescription> descriptions = answers.descriptions(names);
        Map<String, Duration> kept = answers.tombstonesKept(names);
        Map<TopicPartition, Long> firsts = consumer.beginningOffsets(assigned);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        for (TopicPartition each : assigned) {
            TopicDescription topic = descriptions.get(each.topic());
            if (topic == null) {
                throw new KafkaException("topic " + each.topic() + " is missing");
            }
            begin(
                    each,
                    new Ends(topic.topicId().toString(), firsts.get(each), ends.get(each), kept.get(each.topic())),
                    Optional.ofNullable(lostFrom.get(each)),
                    topic.partitions().size());
        }
    }

    private void begin(TopicPartition partition, Ends ends, Optional<Long> lostFrom, int partitionsOfTopic) {
        Decoder<?> decoder = new Decoder<>(topics.get(partition.topic()), avro, clock);
        long nowMs = clock.millis();
        Position position = database.write(handle -> {
            Optional<Position> known = Positions.find(handle, partition.topic(), partition.partition());
            Ends kept = known.isPresent() ? ends.without(lostFrom, known.get().nextOffset()) : ends;
            Beginning beginning = Beginning.of(known, kept, decoder.isCompacted(), nowMs);
            if (beginning == Beginning.NEVER_READ) {
                Position first = Beginning.first(partition, ends, nowMs);
                Positions.begin(handle, first, ends.first() == 0);
            } else if (beginning != Beginning.CONTINUES) {
                Position next = beginning.position(known.get(), decoder.isCompacted() ? ends : kept, nowMs);
                LOG.warn("{} {}: it is read from offset {}", partition, beginning.why(), next.nextOffset());
                if (!Positions.restart(handle, known.get(), next)) {
                    throw new KafkaException("another process has begun to read " + partition);
                }
                if (beginning == Beginning.END_IS_GONE) {
                    BatchWriter.deleteFrom(handle, decoder.table(), next);
                }
                if (beginning == Beginning.TOPIC_MADE_ANEW && partition.partition() == 0) {
                    Positions.retire(handle, partition.topic(), partitionsOfTopic);
                }
            }
            return Positions.find(handle, partition.topic(), partition.partition())
                    .orElseThrow();
        });
        partitions.put(partition, new ReadPartition<>(partition, decoder, position, ends.end()));
        seek(position);
    }

    /** With the epoch of the leader, the broker finds out whether it still has what was read. */
    private void seek(Position position) {
        Optional<Integer> epoch = database.read(handle -> Positions.leaderEpoch(handle, position));
        if (epoch.isPresent()) {
            epochs.put(position.topicPartition(), epoch.get());
        } else {
            epochs.remove(position.topicPartition());
        }
        consumer.seek(position.topicPartition(), new OffsetAndMetadata(position.nextOffset(), epoch, ""));
    }

    /** Nothing is known until the partitions are shared out again. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        hasJoined = false;
        round.forget(revoked);
        revoked.forEach(partitions::remove);
    }

    /** Returns why the read model is not up to date; none if everything was read that there was at the beginning. */
    Optional<String> problem() {
        if (!hasJoined) {
            return Optional.of("has not joined its group yet");
        }
        List<String> missing = topics.keySet().stream()
                .filter(topic -> !found.containsKey(topic))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("cannot read what is missing: " + String.join(", ", missing)
                    + "; expected all topics of the configuration, which 'foundling topics apply' creates");
        }
        if (!partitions.values().stream().allMatch(ReadPartition::isCaughtUp)) {
            return Optional.of("has not read everything yet that there was at its start; unread are "
                    + lags().stream().mapToLong(Lag::records).sum() + " records");
        }
        return progress.problem(found.values());
    }

    /** Returns how far each topic is behind of which this process reads partitions. */
    List<Lag> lags() {
        Map<String, Lag> lags = new TreeMap<>();
        partitions.forEach((partition, each) ->
                lags.merge(partition.topic(), each.lag(partition.topic(), clock.millis()), Lag::plus));
        return new ArrayList<>(lags.values());
    }

    @Override
    public void close() {
        threads.close();
    }
}
