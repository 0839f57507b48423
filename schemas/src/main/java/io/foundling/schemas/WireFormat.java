package io.foundling.schemas;

/**
 * The Confluent wire format: a zero byte, the schema id as four bytes, high byte first, then Avro's binary encoding.
 */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}
}
