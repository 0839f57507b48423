package io.foundling.service.it.rig;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Somebody who has Kafka's client, Avro and the address of the registry, and nothing of ours. */
public final class ForeignReader {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final CommittedRecords committed;
    private final String registryUrl;

    public ForeignReader(String bootstrapServers, String registryUrl) {
        committed = new CommittedRecords(bootstrapServers);
        this.registryUrl = registryUrl;
    }

    /** Every committed value under a key that the topic holds now. */
    public List<GenericRecord> values(String topic, String key) {
        List<GenericRecord> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : committed.of(topic)) {
            if (record.value() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key)) {
                values.add(decoded(record.value()));
            }
        }
        return values;
    }

    private GenericRecord decoded(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        if (bytes.get() != 0) {
            throw new IllegalStateException("no message in the registry's wire format");
        }
        Schema schema = schemas.computeIfAbsent(bytes.getInt(), this::schema);
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, null));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Schema schema(int id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id))
                .build();
        try {
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new Schema.Parser()
                    .parse(new JsonMapper().readTree(body).path("schema").asText());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
