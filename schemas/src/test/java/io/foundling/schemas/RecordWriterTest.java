package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Closure;
import io.foundling.audit.Disposition;
import io.foundling.audit.Opened;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Producer;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avro's own writer is the model of ours. */
class RecordWriterTest {

    private static final int SAMPLES = 300;

    @ParameterizedTest
    @ValueSource(
            classes = {
                AuditEvent.class,
                Disposition.class,
                OrphanWarning.class,
                Closure.class,
                Settlement.class,
                Alert.class,
                Violation.class,
                ClockReport.class
            })
    void shouldWriteWhatAvroWrites(Class<? extends SpecificRecord> type) throws IOException {
        SpecificData model = GeneratedClasses.model(type);
        Schema schema = model.getSchema(type);
        RecordWriter writer = new RecordWriter(schema, model);
        SpecificDatumWriter<SpecificRecord> avro = new SpecificDatumWriter<>(schema, model);
        for (Object generic : new RandomData(schema, SAMPLES, 7L, true)) {
            SpecificRecord record = specific(generic, schema, model);

            byte[] written = bytes(out -> writer.write(record, out));

            assertThat(written).isEqualTo(bytes(out -> avro.write(record, out)));
        }
    }

    @Test
    void shouldWriteWhatAvroWritesWhenRecordsShareTheirParts() throws IOException {
        SpecificData model = GeneratedClasses.model(AuditEvent.class);
        Schema schema = model.getSchema(AuditEvent.class);
        RecordWriter writer = new RecordWriter(schema, model);
        SpecificDatumWriter<SpecificRecord> avro = new SpecificDatumWriter<>(schema, model);
        Subject first = new Subject(SubjectKind.BATCH, "source", "stage", "1");
        Subject second = new Subject(SubjectKind.BATCH, "source", "stage", "second");
        Producer producer = new Producer("service", "instance", "1", 0L);
        for (Subject parent : Arrays.asList(first, first, first, second, first, null, first, first, second, second)) {
            SpecificRecord event = event(parent == first ? second : first, parent, producer);

            byte[] written = bytes(out -> writer.write(event, out));

            assertThat(written).isEqualTo(bytes(out -> avro.write(event, out)));
        }
    }

    @Test
    void shouldWriteTheNewValueWhenARepeatedPartIsChanged() throws IOException {
        SpecificData model = GeneratedClasses.model(AuditEvent.class);
        Schema schema = model.getSchema(AuditEvent.class);
        RecordWriter writer = new RecordWriter(schema, model);
        SpecificDatumWriter<SpecificRecord> avro = new SpecificDatumWriter<>(schema, model);
        Producer producer = new Producer("service", "instance", "1", 0L);
        SpecificRecord event = event(new Subject(SubjectKind.RECORD, "source", "stage", "1"), null, producer);

        for (long dropped : new long[] {0, 0, 0, 1_000, 1_000, 1_000, 1_001}) {
            producer.put(Producer.getClassSchema().getField("dropped").pos(), dropped);
            byte[] written = bytes(out -> writer.write(event, out));

            assertThat(written).isEqualTo(bytes(out -> avro.write(event, out)));
        }
    }

    private static AuditEvent event(Subject subject, Subject parent, Producer producer) {
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject)
                .setParent(parent)
                .setOccurredAt(Instant.EPOCH)
                .setProducer(producer)
                .setBody(new Opened())
                .build();
    }

    @Test
    void shouldSayWhichFieldDoesNotFollowTheSchema() {
        Subject subject = new Subject(SubjectKind.RECORD, "source", "stage", null);
        RecordWriter writer = new RecordWriter(Subject.getClassSchema(), SpecificData.getForClass(Subject.class));

        assertThatThrownBy(() -> bytes(out -> writer.write(subject, out)))
                .hasMessageContaining("null value for (non-nullable) string at Subject.id");
    }

    private interface Writing {
        void write(BinaryEncoder out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        writing.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static SpecificRecord specific(Object generic, Schema schema, SpecificData model) throws IOException {
        // No text that is made at random is a UUID.
        for (Schema.Field each : schema.getFields()) {
            if (each.schema().getLogicalType() instanceof LogicalTypes.Uuid) {
                ((GenericRecord) generic).put(each.pos(), UUID.randomUUID().toString());
            }
        }
        byte[] bytes = bytes(out -> new GenericDatumWriter<>(schema).write(generic, out));
        return new SpecificDatumReader<SpecificRecord>(schema, schema, model)
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
