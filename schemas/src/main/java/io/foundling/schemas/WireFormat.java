package io.foundling.schemas;

/**
 * The Confluent wire format: a zero byte, the schema id as four bytes, high byte first, then Avro's binary encoding.
 */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    /** Where Confluent's serializers can put the schema id instead. */
    static final String VALUE_ID_HEADER = "__value_schema_id";

    static final String KEY_ID_HEADER = "__key_schema_id";

    private WireFormat() {}
}
