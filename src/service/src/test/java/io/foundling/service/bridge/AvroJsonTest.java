package io.foundling.service.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class AvroJsonTest {

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Row", "fields": [
              {"name": "text", "type": ["null", "string"]},
              {"name": "absent", "type": ["null", "string"]},
              {"name": "number", "type": "int"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "ratio", "type": "double"},
              {"name": "yes", "type": "boolean"},
              {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "bytes", "type": "bytes"},
              {"name": "fixed", "type": {"type": "fixed", "name": "Two", "size": 2}},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "counts", "type": {"type": "map", "values": "long"}},
              {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [{"name": "id", "type": "long"}]}}
            ]}
            """);

    @Test
    void shouldShowEveryTypeAsAMappingReadsIt() {
        // Given
        GenericData.Record row = new GenericRecordBuilder(SCHEMA)
                .set("text", "a")
                .set("absent", null)
                .set("number", 1)
                .set("at", 1_700_000_000_000L)
                .set("ratio", 0.5)
                .set("yes", true)
                .set(
                        "state",
                        new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "PAID"))
                .set("amount", ByteBuffer.wrap(BigInteger.valueOf(1250).toByteArray()))
                .set("bytes", ByteBuffer.wrap(new byte[] {1, 2}))
                .set("fixed", new GenericData.Fixed(SCHEMA.getField("fixed").schema(), new byte[] {1, 2}))
                .set("tags", List.of("x", "y"))
                .set("counts", Map.of("z", 3L))
                .set(
                        "inner",
                        new GenericRecordBuilder(SCHEMA.getField("inner").schema())
                                .set("id", 7L)
                                .build())
                .build();

        // Then
        assertThat(AvroJson.of(row))
                .hasToString("{\"text\":\"a\",\"absent\":null,\"number\":1,\"at\":1700000000000,\"ratio\":0.5,"
                        + "\"yes\":true,\"state\":\"PAID\",\"amount\":12.50,\"bytes\":\"AQI=\",\"fixed\":\"AQI=\","
                        + "\"tags\":[\"x\",\"y\"],\"counts\":{\"z\":3},\"inner\":{\"id\":7}}");
    }
}
