package io.foundling.service.it.upgrade;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** All that an application left on a broker and in a registry, and the form of a file that holds it. */
record RecordedCluster(
        String application, List<RecordedSchema> schemas, List<RecordedTopic> topics, List<RecordedOffset> offsets) {

    RecordedCluster {
        schemas = List.copyOf(schemas);
        topics = List.copyOf(topics);
        offsets = List.copyOf(offsets);
    }

    RecordedTopic topic(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns in which versions the ledger has stored subjects. */
    Set<Integer> versionsOfSubjects() {
        return topics.stream()
                .filter(RecordedTopic::isOfLedger)
                .flatMap(topic -> topic.records().stream())
                .filter(each -> each.isOfKind("subject") && each.value() != null)
                .map(each -> (int) each.value()[0])
                .collect(Collectors.toSet());
    }

    void writeTo(Path file) {
        try (OutputStream bytes = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            writeText(out, application);
            out.writeInt(schemas.size());
            for (RecordedSchema schema : schemas) {
                writeText(out, schema.subject());
                out.writeInt(schema.version());
                out.writeInt(schema.id());
                writeText(out, schema.text());
            }
            out.writeInt(topics.size());
            for (RecordedTopic topic : topics) {
                write(out, topic);
            }
            out.writeInt(offsets.size());
            for (RecordedOffset offset : offsets) {
                writeText(out, offset.topic());
                out.writeInt(offset.partition());
                out.writeLong(offset.records());
                writeText(out, offset.metadata());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, RecordedTopic topic) throws IOException {
        writeText(out, topic.name());
        out.writeInt(topic.partitions());
        out.writeInt(topic.config().size());
        for (Map.Entry<String, String> entry : topic.config().entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
        out.writeInt(topic.records().size());
        for (RecordedRecord each : topic.records()) {
            out.writeInt(each.partition());
            out.writeLong(each.timestamp());
            writeBytes(out, each.key());
            writeBytes(out, each.value());
            out.writeInt(each.headers().size());
            for (Header header : each.headers()) {
                writeText(out, header.key());
                writeBytes(out, header.value());
            }
        }
    }

    static RecordedCluster read(InputStream file) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(file))) {
            String application = readText(in);
            List<RecordedSchema> schemas = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                schemas.add(new RecordedSchema(readText(in), in.readInt(), in.readInt(), readText(in)));
            }
            List<RecordedTopic> topics = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                topics.add(readTopic(in));
            }
            List<RecordedOffset> offsets = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                offsets.add(new RecordedOffset(readText(in), in.readInt(), in.readLong(), readText(in)));
            }
            return new RecordedCluster(application, schemas, topics, offsets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordedTopic readTopic(DataInputStream in) throws IOException {
        String name = readText(in);
        int partitions = in.readInt();
        Map<String, String> config = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            config.put(readText(in), readText(in));
        }
        List<RecordedRecord> records = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            records.add(new RecordedRecord(in.readInt(), in.readLong(), readBytes(in), readBytes(in), readHeaders(in)));
        }
        return new RecordedTopic(name, partitions, config, records);
    }

    private static List<Header> readHeaders(DataInputStream in) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.add(new RecordHeader(readText(in), readBytes(in)));
        }
        return headers;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }
}
