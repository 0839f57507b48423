package io.foundling.topology.store;

import io.foundling.schemas.GeneratedClasses;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.MetadataValue;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import io.foundling.topology.store.stored.StoredEnding;
import io.foundling.topology.store.stored.StoredFact;
import io.foundling.topology.store.stored.StoredFinding;
import io.foundling.topology.store.stored.StoredMark;
import io.foundling.topology.store.stored.StoredMetadata;
import io.foundling.topology.store.stored.StoredSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes subjects as earlier versions stored them. */
public final class FormerSubjects {

    private static final SubjectCodec CODEC = new SubjectCodec();

    private FormerSubjects() {}

    /** Returns the bytes in which version 1 stored a subject without collapsed attempts. */
    public static byte[] asVersion1(byte[] stored) {
        try (InputStream former = StoredSubject.class.getResourceAsStream("/stored/subject-v1.avsc")) {
            Schema version1 = new Schema.Parser().parse(former);
            SpecificData model = GeneratedClasses.model(StoredSubject.class);
            ByteArrayOutputStream newest = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(newest, null);
            new SpecificDatumWriter<>(StoredSubject.getClassSchema(), model).write(of(CODEC.decode(stored)), encoder);
            Object read = new GenericDatumReader<>(StoredSubject.getClassSchema(), version1)
                    .read(null, DecoderFactory.get().binaryDecoder(newest.toByteArray(), null));
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            written.write(1);
            new GenericDatumWriter<>(version1).write(read, EncoderFactory.get().directBinaryEncoder(written, encoder));
            return written.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static StoredSubject of(LedgerEntry entry) {
        Disposition state = entry.state();
        return new StoredSubject(
                state.facts().stream().map(FormerSubjects::fact).toList(),
                null,
                state.status().name(),
                state.attempt(),
                state.metadata().values().entrySet().stream()
                        .map(each -> metadata(each.getKey(), each.getValue()))
                        .toList(),
                state.warnings().stream().map(FormerSubjects::warning).toList(),
                state.reported().stream()
                        .map(each -> new StoredFinding(each.type().name(), each.attempt()))
                        .toList(),
                state.newestAppendedAtMs(),
                false,
                state.retention().statusReadAtMs(),
                state.retention().removedAtMs(),
                entry.indexedAtMs(),
                entry.isUnwatched(),
                state.retention().endedAtMs(),
                state.endings().stream()
                        .map(each -> new StoredEnding(each.parent(), each.afterMs(), each.atMs()))
                        .toList());
    }

    private static StoredFact fact(Fact fact) {
        return new StoredFact(
                fact.type().name(),
                fact.attempt(),
                fact.occurredAtMs(),
                fact.eventId().getMostSignificantBits(),
                fact.eventId().getLeastSignificantBits(),
                fact.parent(),
                fact.deadline().atMs(),
                fact.deadline().graceMs(),
                fact.deadline().rule(),
                fact.texts().detail(),
                fact.texts().waitingOn(),
                fact.texts().reason(),
                fact.texts().externalId(),
                fact.numbers().expectedMembers(),
                fact.texts().promisedBy(),
                fact.texts().outputHash(),
                fact.numbers().durationMs(),
                fact.numbers().counts(),
                fact.chain().firstMs(),
                fact.chain().gaps(),
                fact.event().appendedAtMs());
    }

    private static StoredMark warning(Warning warning) {
        WaitId id = warning.id();
        Limit limit = warning.limit();
        return new StoredMark(
                id.attempt(),
                id.status().name(),
                id.extension(),
                limit.reason().name(),
                warning.enteredAtMs(),
                limit.deadline().atMs(),
                limit.deadline().graceMs(),
                limit.deadline().rule(),
                warning.waitingOn(),
                warning.emission().clockMs(),
                warning.emission().detectedAtMs(),
                warning.recoveredAtMs(),
                limit.closedParent(),
                warning.emission().delayMs(),
                warning.emission().dueMs(),
                warning.restarted(),
                warning.emission().publishedMs());
    }

    private static StoredMetadata metadata(String key, MetadataValue value) {
        return new StoredMetadata(
                key,
                value.value(),
                value.occurredAtMs(),
                value.eventId().getMostSignificantBits(),
                value.eventId().getLeastSignificantBits());
    }
}
