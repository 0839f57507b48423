package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedDecoderTest {

    private final BoundedDecoder decoder = new BoundedDecoder();

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldReadWhatAvroWroteWhenItIsANumber(long number) throws IOException {
        // Given
        start(encoder -> {
            encoder.writeLong(number);
            encoder.writeInt((int) number);
            encoder.writeDouble(number);
            encoder.writeFloat(number);
            encoder.writeBoolean(number > 0);
        });

        // Then
        assertThat(decoder.readLong()).isEqualTo(number);
        assertThat(decoder.readInt()).isEqualTo((int) number);
        assertThat(decoder.readDouble()).isEqualTo(number);
        assertThat(decoder.readFloat()).isEqualTo(number);
        assertThat(decoder.readBoolean()).isEqualTo(number > 0);
        assertThat(decoder.remaining()).isZero();
    }

    @Test
    void shouldReadWhatAvroWroteWhenItIsTextOrBytes() throws IOException {
        // Given
        start(encoder -> {
            encoder.writeString("Łódź 😀");
            encoder.writeString("");
            encoder.writeString("skipped");
            encoder.writeBytes(new byte[] {1, 2});
            encoder.writeBytes(new byte[9]);
            encoder.writeFixed(new byte[] {3});
            encoder.writeFixed(new byte[4]);
        });

        // Then
        assertThat(decoder.readString()).isEqualTo("Łódź 😀");
        assertThat(decoder.readString(null).toString()).isEmpty();
        decoder.skipString();
        assertThat(decoder.readBytes(null)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        decoder.skipBytes();
        byte[] fixed = new byte[1];
        decoder.readFixed(fixed);
        assertThat(fixed).containsExactly(3);
        decoder.skipFixed(4);
        assertThat(decoder.remaining()).isZero();
    }

    @Test
    void shouldReadBlocksWhenTheyTellTheirSizeInBytes() throws IOException {
        // Given: two items in a block of two bytes, then the end; twice
        decoder.start(new byte[] {3, 4, 10, 12, 0, 3, 4, 10, 12, 0}, 0);

        // Then
        assertThat(decoder.readArrayStart()).isEqualTo(2);
        assertThat(decoder.readLong()).isEqualTo(5);
        assertThat(decoder.readLong()).isEqualTo(6);
        assertThat(decoder.arrayNext()).isZero();
        assertThat(decoder.skipMap()).isZero();
        assertThat(decoder.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, -3, Long.MIN_VALUE})
    void shouldRefuseALengthWhenTheBytesLeftCannotBackIt(long length) {
        assertRefused(length, decoder::readString);
        assertRefused(length, decoder::skipString);
        assertRefused(length, () -> decoder.readBytes(null));
        assertRefused(length, decoder::skipBytes);
        if (length > 0 || length == Long.MIN_VALUE) {
            assertRefused(length, decoder::readArrayStart);
            assertRefused(length, decoder::readMapStart);
            assertRefused(length, decoder::arrayNext);
            assertRefused(length, decoder::mapNext);
        }
        if (length > 0) {
            assertRefused(length, decoder::skipArray);
            assertRefused(length, decoder::skipMap);
        }
    }

    @Test
    void shouldRefuseANumberWhenItDoesNotEndOrFit() throws IOException {
        decoder.start(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}, 0);
        assertThatThrownBy(decoder::readLong).isInstanceOf(AvroRuntimeException.class);
        start(encoder -> encoder.writeLong(1L << 31));
        assertThatThrownBy(decoder::readInt).hasMessageContaining("2147483648");
        decoder.start(new byte[] {2}, 0);
        assertThatThrownBy(decoder::readBoolean).hasMessageContaining("a boolean is 2");
        decoder.start(new byte[] {-1}, 0);
        assertThatThrownBy(decoder::readLong).isInstanceOf(EOFException.class);
    }

    private void assertRefused(long length, ThrowingCallable read) {
        start(encoder -> {
            encoder.writeLong(length);
            encoder.writeFixed(new byte[2]);
        });
        assertThatThrownBy(read).isInstanceOf(EOFException.class);
    }

    private void start(Written written) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            written.to(encoder);
            encoder.flush();
            decoder.start(bytes.toByteArray(), 0);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private interface Written {
        void to(BinaryEncoder encoder) throws IOException;
    }
}
