package io.foundling.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro's binary encoding from one byte array. Unlike Avro's own decoder it rejects a length greater than the
 * number of remaining bytes, so that a damaged message never allocates more than a small multiple of its size. An array
 * or map must therefore not have more items than there are bytes left; no contract has items without bytes. Not
 * thread-safe.
 */
final class BoundedDecoder extends Decoder {

    private byte[] bytes;
    private int position;

    /** Starts reading at an offset of an array. */
    void start(byte[] message, int offset) {
        bytes = message;
        position = offset;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {
        // takes no bytes
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = bytes[take(1)];
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("a boolean is " + value + ", must be 0 or 1");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("an int is " + value + ", must fit in 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[take(1)];
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new AvroRuntimeException("a number has more than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return ByteBuffer.wrap(bytes, take(4), 4).order(ByteOrder.LITTLE_ENDIAN).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return ByteBuffer.wrap(bytes, take(8), 8).order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = readLength();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        take(readLength());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] copy = new byte[readLength()];
        readFixed(copy, 0, copy.length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        take(readLength());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return readBlock();
    }

    @Override
    public long arrayNext() throws IOException {
        return readBlock();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return readBlock();
    }

    @Override
    public long mapNext() throws IOException {
        return readBlock();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** A negative number of items is followed by the size of the block in bytes. */
    private long readBlock() throws IOException {
        long items = readLong();
        if (items < 0) {
            readLong();
            items = -items;
        }
        return requireBacked(items);
    }

    /** Skips blocks with a known size at once; returns the number of items to skip for other blocks. */
    private long skipBlocks() throws IOException {
        long items = readLong();
        while (items < 0) {
            take(readLength());
            items = readLong();
        }
        return requireBacked(items);
    }

    private int readLength() throws IOException {
        return (int) requireBacked(readLong());
    }

    private long requireBacked(long length) throws EOFException {
        if (length < 0 || length > remaining()) {
            throw new EOFException("a length of " + length + " is announced where " + remaining() + " bytes are left");
        }
        return length;
    }

    private int take(int length) throws EOFException {
        if (length > remaining()) {
            throw new EOFException(length + " bytes are expected where " + remaining() + " are left");
        }
        int from = position;
        position += length;
        return from;
    }
}
