package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappedRecordTest {

    @Test
    void shouldGiveTextOfEveryKindOfValue() throws RecordRejectedException {
        // When
        MappedRecord line = line(
                "{\"s\":\"x\",\"n\":1.10,\"b\":true,\"o\":{\"i\":[7,\"y\"]},\"z\":null,\"a.b\":\"dot\",\".\":\"one\"}");

        // Then
        assertThat(text(line, "s")).hasValue("x");
        assertThat(text(line, "n")).hasValue("1.10");
        assertThat(text(line, "b")).hasValue("true");
        assertThat(text(line, "o")).hasValue("{\"i\":[7,\"y\"]}");
        assertThat(text(line, "/o/i/1")).hasValue("y");
        assertThat(text(line, "a.b")).hasValue("dot");
        assertThat(text(line, ".")).hasValue("one");
        assertThat(text(line, "z")).isEmpty();
        assertThat(field("z").isAbsent(Input.of(line))).isFalse();
        assertThat(field("q").isAbsent(Input.of(line))).isTrue();
    }

    @Test
    void shouldReadTheJsonThatATextHoldsWhenAPathGoesOnBelowIt() throws RecordRejectedException {
        // When
        MappedRecord line = line(
                "{\"payload\":\"{\\\"order\\\":{\\\"id\\\":7},\\\"items\\\":[{\\\"sku\\\":\\\"a\\\"}]}\",\"words\":\"no JSON\"}");

        // Then
        assertThat(text(line, "/payload/order/id")).hasValue("7");
        assertThat(text(line, "/payload/items/0/sku")).hasValue("a");
        assertThat(text(line, "/payload/items/1/sku")).isEmpty();
        assertThat(text(line, "/payload/items/first")).isEmpty();
        assertThat(text(line, "/words/order")).isEmpty();
    }

    @Test
    void shouldReadKeyHeadersAndTimestampOfARecord() throws RecordRejectedException {
        // Given
        MappedRecord record = new MappedRecord(
                MappedRecord.object(bytes("{}")),
                Optional.of("{\"id\":5}"),
                Optional.of(Instant.parse("2026-01-31T12:00:00.5Z")),
                Map.of("batch", "b1", "context", "{\"tenant\":\"x\"}"));

        // Then
        assertThat(in(record, Input.Root.KEY, FieldPath.itself())).hasValue("{\"id\":5}");
        assertThat(in(record, Input.Root.KEY, FieldPath.of("id"))).hasValue("5");
        assertThat(in(record, Input.Root.HEADER, FieldPath.of("batch"))).hasValue("b1");
        assertThat(in(record, Input.Root.HEADER, FieldPath.of("/context/tenant")))
                .hasValue("x");
        assertThat(in(record, Input.Root.HEADER, FieldPath.of("absent"))).isEmpty();
        assertThat(new Expression.Timestamp().in(Input.of(record))).hasValue("2026-01-31T12:00:00.500Z");
        assertThat(in(line("{}"), Input.Root.KEY, FieldPath.itself())).isEmpty();
    }

    @Test
    void shouldOpenATextThatHoldsAnObject() throws RecordRejectedException {
        assertThat(text(line("\"{\\\"a\\\":1}\""), "a")).hasValue("1");
    }

    @Test
    void shouldOpenWhatConnectHasWrappedWithItsSchema() throws RecordRejectedException {
        String schema = "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":%s}";
        assertThat(text(line(schema.formatted("{\"a\":1}")), "a")).hasValue("1");
        assertThat(text(line(schema.formatted("\"{\\\"a\\\":1}\"")), "a")).hasValue("1");
        assertThat(text(line("{\"schema\":null,\"payload\":{\"a\":1}}"), "a")).hasValue("1");
        assertRejected(schema.formatted("null"), "is no JSON object");
    }

    @Test
    void shouldReadAnObjectThatOnlyLooksWrappedAsItIs() throws RecordRejectedException {
        String payload = "\"payload\":{\"a\":1}";
        assertThat(text(line("{" + payload + "}"), "/payload/a")).hasValue("1");
        assertThat(text(line("{\"schema\":\"orders\"," + payload + "}"), "/payload/a"))
                .hasValue("1");
        assertThat(text(line("{\"schema\":null,\"id\":7," + payload + "}"), "/payload/a"))
                .hasValue("1");
    }

    @Test
    void shouldRejectWhatIsNoSingleJsonObject() {
        assertRejected("{\"a\":1", "is no valid JSON");
        assertRejected("{\"a\":1} x", "is no valid JSON");
        assertRejected("{\"a\":1,\"a\":2}", "Duplicate field 'a'");
        assertRejected("[1]", "is no JSON object");
        assertRejected("\"words\"", "is no JSON object");
        assertRejected("", "is no JSON object");
        assertThatThrownBy(() -> MappedRecord.ofLine(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining("is no valid JSON");
    }

    private static void assertRejected(String json, String reason) {
        assertThatThrownBy(() -> line(json))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessageContaining(reason);
    }

    private static Expression field(String name) {
        return new Expression.Found(Input.Root.FIELD, FieldPath.of(name));
    }

    private static Optional<String> text(MappedRecord record, String name) throws RecordRejectedException {
        return field(name).in(Input.of(record));
    }

    private static Optional<String> in(MappedRecord record, Input.Root root, FieldPath path)
            throws RecordRejectedException {
        return new Expression.Found(root, path).in(Input.of(record));
    }

    private static MappedRecord line(String json) throws RecordRejectedException {
        return MappedRecord.ofLine(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
