package io.foundling.service.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Deferred;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import io.foundling.audit.ViolationType;
import io.foundling.local.LocalStack;
import io.foundling.service.it.rig.EventFeed;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.LiveLedger;
import io.foundling.service.it.rig.Output;
import io.foundling.topology.ledger.DeadLetterReason;
import io.foundling.topology.names.Headers;
import io.foundling.topology.names.TopicNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a producer sends: it is set aside or reported with its position, and everything around it is applied. */
class BadInputIT {

    private static final int PARTITIONS = 2;
    /** A source that stamps records as the producer says. */
    private static final String FOREIGN = "audit.foreign";

    /** All of it happens in one partition, between good events. */
    private static final int PARTITION = 1;

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static LiveLedger ledger;
    private static EventFeed feed;
    private static Output<Disposition> dispositions;
    private static Output<Violation> violations;
    private static Output<AuditEvent> deadLetters;

    private final Instant now = Instant.now();
    private int good;
    private long readBefore;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.startTemporary();
        LiveLedger.createTopics(stack, PARTITIONS, TopicNames.EVENTS, FOREIGN);
        stampAsTheProducerSays(FOREIGN);
        ledger = stack.closeFirst(LiveLedger.start(stack, directory, """
                        sources: [%s, %s]
                        policies:
                          - name: day
                            window: 1d
                        """.formatted(TopicNames.EVENTS, FOREIGN))
                .awaitReady());
        feed = stack.closeFirst(EventFeed.into(stack));
        dispositions = stack.closeFirst(new Output<>(stack, TopicNames.DISPOSITIONS, Disposition.class));
        violations = stack.closeFirst(new Output<>(stack, TopicNames.VIOLATIONS, Violation.class));
        deadLetters = stack.closeFirst(new Output<>(stack, TopicNames.DEAD_LETTERS, AuditEvent.class));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void count() {
        readBefore = ledger.probes().recordsRead();
    }

    @AfterEach
    void shouldHaveGoneOnAsIfNothingHadHappened() {
        ledger.awaitReady();
        assertThat(ledger.probes().failedThreads()).isZero();
        try (Output<OrphanWarning> orphans = new Output<>(stack, TopicNames.ORPHANS, OrphanWarning.class)) {
            assertThat(orphans.records()).isEmpty();
        }
    }

    @Test
    void shouldSetAsideWithReasonAndPositionWhatCannotBeRead() {
        // Given
        String id = Events.idIn(PARTITION, PARTITIONS, "victim");
        byte[] key = Events.key(id).getBytes(StandardCharsets.UTF_8);
        byte[] readable = feed.bytes(TopicNames.EVENTS, Events.deferred(id, now));
        byte[] noise = noise(700);
        byte[] unknown = ByteBuffer.wrap(readable.clone())
                .put(1, new byte[] {0x7f, 1, 2, 3})
                .array();
        byte[] disposition = feed.bytes(TopicNames.DISPOSITIONS, aDisposition());
        byte[] otherKey = "record/university/declaration/other".getBytes(StandardCharsets.UTF_8);
        Map<String, Bad> bad = new LinkedHashMap<>();
        bad.put("random bytes", new Bad(DeadLetterReason.NOT_AVRO_MESSAGE, at(PARTITION, key, noise)));
        bad.put("no byte at all", new Bad(DeadLetterReason.NOT_AVRO_MESSAGE, at(PARTITION, key, new byte[0])));
        bad.put("truncated", new Bad(DeadLetterReason.UNREADABLE_VALUE, at(PARTITION, key, half(readable))));
        bad.put("unknown schema", new Bad(DeadLetterReason.UNKNOWN_SCHEMA_ID, at(PARTITION, key, unknown)));
        bad.put("wrong schema", new Bad(DeadLetterReason.WRONG_SCHEMA, at(PARTITION, key, disposition)));
        bad.put("null key", new Bad(DeadLetterReason.WRONG_PARTITION, at(PARTITION, null, readable)));
        bad.put("null value", new Bad(DeadLetterReason.EMPTY_VALUE, at(PARTITION, key, null)));
        bad.put("neither key nor value", new Bad(DeadLetterReason.EMPTY_VALUE, at(PARTITION, null, null)));
        bad.put("other key", new Bad(DeadLetterReason.WRONG_PARTITION, at(PARTITION, otherKey, readable)));
        bad.put("other partition", new Bad(DeadLetterReason.WRONG_PARTITION, at(1 - PARTITION, key, readable)));
        bad.put("poison", new Bad(DeadLetterReason.NOT_AVRO_MESSAGE, poison(key)));

        // When
        Map<String, RecordMetadata> positions = new LinkedHashMap<>();
        sendGood();
        bad.forEach((name, each) -> {
            positions.put(name, feed.send(each.record()));
            sendGood();
        });

        // Then
        awaitRead(2 * bad.size() + 1);
        shouldHaveAppliedTheGoodOnes();
        bad.forEach((name, each) -> shouldBeDeadLetter(name, each, positions.get(name)));
        assertThat(messageOf(positions.get("other partition")))
                .contains("partition " + PARTITION, "partitioner=murmur2_random");
        assertThat(dispositions.of(Events.key(id))).isEmpty();
    }

    @Test
    void shouldReportWithReasonAndPositionWhatContradictsTheContract() {
        // Given
        Instant tooEarly = Instant.parse("1999-12-31T23:59:59.999Z");
        Map<ViolationType, AuditEvent> bad = new LinkedHashMap<>();
        bad.put(ViolationType.MISSING_ID, Events.deferred("", now));
        bad.put(ViolationType.INVALID_TIMESTAMP, Events.deferred("early", tooEarly));
        bad.put(
                ViolationType.ATTEMPT_OUT_OF_RANGE,
                Events.event("attempt", now, new Deferred(null, null))
                        .setAttempt(10_001)
                        .build());
        bad.put(
                ViolationType.INVALID_SUBJECT,
                Events.event("long", now, new Deferred(null, null))
                        .setSubject(new Subject(SubjectKind.RECORD, "s".repeat(400_000), "t", "i"))
                        .build());

        // When
        Map<ViolationType, RecordMetadata> positions = new LinkedHashMap<>();
        sendGood();
        bad.forEach((type, event) -> {
            positions.put(type, feed.send(TopicNames.EVENTS, event));
            sendGood();
        });

        // Then
        awaitRead(2 * bad.size() + 1);
        shouldHaveAppliedTheGoodOnes();
        positions.forEach(
                (type, position) -> assertThat(violationAt(position).getType()).isEqualTo(type));
        bad.values()
                .forEach(event -> assertThat(dispositions.of(new String(EventFeed.key(event), StandardCharsets.UTF_8)))
                        .isEmpty());
    }

    @Test
    void shouldKeepWhatFitsOfAMegabyteOfMetadata() {
        // Given
        Map<String, String> many = IntStream.range(0, 20_000)
                .boxed()
                .collect(Collectors.toMap(i -> "key%05d".formatted(i), i -> "x".repeat(40)));
        AuditEvent large = Events.event("large", now, new Deferred(null, null))
                .setMetadata(Map.of("page", "x".repeat(1_000_000)))
                .build();
        AuditEvent wide = Events.event("wide", now, new Deferred(null, null))
                .setMetadata(many)
                .build();

        // When
        RecordMetadata largeAt = feed.send(TopicNames.EVENTS, large);
        RecordMetadata wideAt = feed.send(TopicNames.EVENTS, wide);
        sendGood();

        // Then
        awaitRead(3);
        shouldHaveAppliedTheGoodOnes();
        assertThat(violationAt(largeAt).getType()).isEqualTo(ViolationType.METADATA_TRUNCATED);
        assertThat(violationAt(wideAt).getType()).isEqualTo(ViolationType.METADATA_TRUNCATED);
        assertThat(deferred("large").getMetadata().get("page")).hasSizeBetween(1, 1_024);
        assertThat(deferred("wide").getMetadata()).hasSize(64).containsKeys("key00000", "key00063");
    }

    @Test
    void shouldTakeNoAbsurdTimeForTrue() {
        // Given
        Instant lowest = Instant.ofEpochMilli(Long.MIN_VALUE);
        Instant highest = Instant.ofEpochMilli(Long.MAX_VALUE);

        // When
        RecordMetadata negative = feed.send(TopicNames.EVENTS, Events.deferred("negative", Instant.ofEpochMilli(-1)));
        RecordMetadata never = feed.send(TopicNames.EVENTS, Events.deferred("never", lowest));
        RecordMetadata future = feed.send(TopicNames.EVENTS, Events.deferred("future", highest));
        RecordMetadata dueNever = feed.send(TopicNames.EVENTS, Events.deferred("dueNever", now, highest));
        RecordMetadata dueBefore = feed.send(TopicNames.EVENTS, Events.deferred("dueBefore", now, lowest));
        sendGood();

        // Then
        awaitRead(6);
        shouldHaveAppliedTheGoodOnes();
        assertThat(violationAt(negative).getType()).isEqualTo(ViolationType.INVALID_TIMESTAMP);
        assertThat(violationAt(never).getType()).isEqualTo(ViolationType.INVALID_TIMESTAMP);
        assertThat(violationAt(future).getType()).isEqualTo(ViolationType.FUTURE_TIMESTAMP);
        assertThat(violationAt(dueNever).getType()).isEqualTo(ViolationType.INVALID_DUE_AT);
        assertThat(violationAt(dueBefore).getType()).isEqualTo(ViolationType.INVALID_DUE_AT);
        assertThat(dispositions.of(Events.key("negative"))).isEmpty();
        assertThat(deferred("future").getEnteredAt()).isBetween(now.minusSeconds(60), Instant.now());
        assertThat(deferred("dueNever").getDeadline().getRule()).isEqualTo("policy:day");
        assertThat(deferred("dueBefore").getDeadline().getRule()).isEqualTo("policy:day");
    }

    @Test
    void shouldTakeNoAbsurdTimeOfARecordForItsAppend() {
        // Given
        long year2099 = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();

        // When
        feed.send(stamped("stampedNow", now.toEpochMilli()));
        feed.send(stamped("stamped2099", year2099));
        feed.send(stamped("stampedNever", Long.MAX_VALUE));
        feed.send(stamped("stampedZero", 0));
        feed.send(stamped("stampedAgain", now.toEpochMilli()));

        // Then
        awaitRead(5);
        for (String id : new String[] {"stampedNow", "stamped2099", "stampedNever", "stampedZero", "stampedAgain"}) {
            assertThat(deferred(id).getEnteredAt().toEpochMilli()).as(id).isEqualTo(now.toEpochMilli());
        }
    }

    private record Bad(DeadLetterReason reason, ProducerRecord<byte[], byte[]> record) {}

    private void sendGood() {
        String id = Events.idIn(PARTITION, PARTITIONS, now.toEpochMilli() + "good" + good++ + "-");
        feed.send(TopicNames.EVENTS, Events.deferred(id, now));
    }

    private void shouldHaveAppliedTheGoodOnes() {
        for (int i = 0; i < good; i++) {
            deferred(Events.idIn(PARTITION, PARTITIONS, now.toEpochMilli() + "good" + i + "-"));
        }
    }

    private static Disposition deferred(String id) {
        return dispositions.awaitLast(Events.key(id), found -> found.getStatus() == Status.DEFERRED);
    }

    private void awaitRead(int records) {
        await("records read")
                .atMost(LiveLedger.PATIENCE)
                .until(() -> ledger.probes().recordsRead() - readBefore, read -> read >= records);
        assertThat(ledger.probes().recordsRead() - readBefore).isEqualTo(records);
    }

    private static void shouldBeDeadLetter(String name, Bad bad, RecordMetadata position) {
        ConsumerRecord<byte[], byte[]> letter = letterOf(position);
        assertThat(Output.header(letter, Headers.REASON))
                .as(name)
                .isEqualTo(bad.reason().name());
        assertThat(Output.header(letter, Headers.MESSAGE)).as(name).isNotBlank();
        assertThat(letter.key()).as(name).isEqualTo(bad.record().key());
        assertThat(letter.value()).as(name).isEqualTo(bad.record().value());
        bad.record()
                .headers()
                .forEach(header -> assertThat(
                                letter.headers().lastHeader(header.key()).value())
                        .as(name)
                        .isEqualTo(header.value()));
    }

    private static String messageOf(RecordMetadata position) {
        return Output.header(letterOf(position), Headers.MESSAGE);
    }

    private static ConsumerRecord<byte[], byte[]> letterOf(RecordMetadata position) {
        return await("dead letter of " + position)
                .atMost(LiveLedger.PATIENCE)
                .until(
                        () -> deadLetters.records().stream()
                                .filter(letter -> Output.header(letter, Headers.TOPIC)
                                                .equals(position.topic())
                                        && Output.header(letter, Headers.PARTITION)
                                                .equals("" + position.partition())
                                        && Output.header(letter, Headers.OFFSET).equals("" + position.offset()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Violation violationAt(RecordMetadata position) {
        return await("violation of " + position)
                .atMost(LiveLedger.PATIENCE)
                .until(
                        () -> violations.records().stream()
                                .map(record -> violations.value(record).orElseThrow())
                                .filter(found -> found.getTopic().equals(position.topic())
                                        && found.getPartition() == position.partition()
                                        && found.getOffset() == position.offset())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static ProducerRecord<byte[], byte[]> at(int partition, byte[] key, byte[] value) {
        return new ProducerRecord<>(TopicNames.EVENTS, partition, key, value);
    }

    private ProducerRecord<byte[], byte[]> stamped(String id, long timestampMs) {
        AuditEvent event = Events.deferred(id, now);
        return new ProducerRecord<>(
                FOREIGN, null, timestampMs, EventFeed.key(event), feed.bytes(TopicNames.EVENTS, event));
    }

    /** As large as the topic takes it, and incompressible. */
    private static ProducerRecord<byte[], byte[]> poison(byte[] key) {
        ProducerRecord<byte[], byte[]> record = at(PARTITION, key, noise(1_048_588 - 20_200 - key.length));
        record.headers().add("trace", noise(20_000));
        return record;
    }

    /** Bytes that do not begin as a message does. */
    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        bytes[0] = 7;
        return bytes;
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private Disposition aDisposition() {
        return Disposition.newBuilder()
                .setSubject(Events.subject("d"))
                .setStatus(Status.COMPLETED)
                .setAttempt(1)
                .setEnteredAt(now)
                .setFirstOccurredAt(now)
                .setLastOccurredAt(now)
                .build();
    }

    private static void stampAsTheProducerSays(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            Map<String, String> settings = Map.of(
                    "message.timestamp.type", "CreateTime",
                    "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                    "retention.ms", "-1");
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            settings.entrySet().stream()
                                    .map(each -> new AlterConfigOp(
                                            new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                                    .toList()))
                    .all()
                    .get();
        }
    }
}
