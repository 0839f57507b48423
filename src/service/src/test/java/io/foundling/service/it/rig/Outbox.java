package io.foundling.service.it.rig;

import io.foundling.local.LocalStack;
import io.foundling.schemas.SubjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The outbox table of a shop, as Debezium writes its changes into a topic. */
public final class Outbox implements AutoCloseable {

    public static final String TOPIC = "shop.public.outbox";

    private static final String MAPPING = """
            subject: {kind: RECORD, source: shop, stage: order, id: {field: /after/aggregateid}}
            time: {field: /source/ts_ms, format: epoch-millis}
            eventId: [/after/id]
            facts:
              field: /after/type
              otherwise: skip
              rules:
                - when: OrderPlaced
                  body: Deferred
                  fields: {dueAt: {field: /after/due_ms}}
                - {when: OrderPaid, body: Completed}
            """;

    private final EventFeed feed;
    private int rows;

    /** @param others further topics to be made */
    public Outbox(LocalStack stack, int partitions, String... others) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(Stream.concat(Stream.of(TOPIC), Stream.of(others))
                            .map(topic -> new NewTopic(topic, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException("the topic of the test cannot be made", failed);
        }
        feed = EventFeed.into(stack);
    }

    /** Returns the configuration of a bridge that reads it. */
    public static String bridge(Path directory) {
        try {
            Path file = Files.writeString(directory.resolve("outbox.mapping.yaml"), MAPPING);
            return "bridges:\n  - {name: orders, input: " + TOPIC + ", mappingFile: \"" + file + "\"}\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String subject(String order) {
        return "record/shop/order/" + SubjectKey.encode(order);
    }

    public void placed(String order, Instant at, Instant due) {
        send(order, row(order, "OrderPlaced", at, due));
    }

    public void paid(String order, Instant at) {
        send(order, row(order, "OrderPaid", at, at));
    }

    /** Submits an order of two lines, with a payload that is a text. */
    public void submitted(String topic, String order, Instant at) {
        String lines = "[{'line': 1, 'sku': 'a'}, {'line': 2, 'sku': 'b'}]";
        send(topic, order, change(order, "OrderSubmitted", "{'orderId': 1, 'lines': " + lines + "}", at));
    }

    /** Ships one line of such an order. */
    public void shipped(String topic, String order, int line, Instant at) {
        send(topic, order, change(order, "LineShipped", "{'orderId': 1, 'line': " + line + "}", at));
    }

    /**
     * Submits an order of two lines and ships the first one, as the event router of Debezium writes it with a converter
     * that writes texts as JSON.
     */
    public void routed(String topic, String order, Instant at) {
        String lines = "[{'line': 1, 'sku': 'a'}, {'line': 2, 'sku': 'b'}]";
        routed(topic, order, "OrderSubmitted", "{'orderId': 1, 'lines': " + lines + "}", at);
        routed(topic, order, "LineShipped", "{'orderId': 1, 'line': 1}", at.plusMillis(1));
    }

    private void routed(String topic, String order, String type, String payload, Instant at) {
        rows++;
        ProducerRecord<byte[], byte[]> row = new ProducerRecord<>(
                topic, null, at.toEpochMilli(), bytes(quoted(order)), bytes(quoted(payload.replace("'", "\\\""))));
        row.headers().add("id", bytes("row-" + rows)).add("eventType", bytes(type));
        feed.enqueue(row);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private String change(String order, String type, String payload, Instant at) {
        rows++;
        return """
                {"before": null,
                 "after": {"id": "row-%d", "aggregatetype": "order", "aggregateid": "%s", "type": "%s", "payload": "%s"},
                 "source": {"connector": "postgresql", "table": "outbox", "ts_ms": %d}, "op": "c"}
                """.formatted(rows, order, type, payload.replace("'", "\\\""), at.toEpochMilli());
    }

    /** Debezium announces a deleted row, and then lets compaction forget it. */
    public void tombstone(String order) {
        feed.enqueue(new ProducerRecord<>(TOPIC, bytes(order), null));
    }

    public void send(String key, String value) {
        send(TOPIC, key, value);
    }

    private void send(String topic, String key, String value) {
        feed.enqueue(new ProducerRecord<>(topic, bytes(key), bytes(value)));
    }

    public void flush() {
        feed.producer().flush();
    }

    private String row(String order, String type, Instant at, Instant due) {
        rows++;
        return """
                {"before": null,
                 "after": {"id": "row-%d", "aggregatetype": "order", "aggregateid": "%s", "type": "%s", "due_ms": %d},
                 "source": {"connector": "postgresql", "table": "outbox", "ts_ms": %d}, "op": "c", "ts_ms": %d}
                """.formatted(rows, order, type, due.toEpochMilli(), at.toEpochMilli(), at.toEpochMilli());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        feed.close();
    }
}
