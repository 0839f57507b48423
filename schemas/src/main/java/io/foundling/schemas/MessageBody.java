package io.foundling.schemas;

import io.foundling.schemas.UnreadableMessageException.Reason;
import java.io.IOException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.io.DatumReader;

/** Reads what follows the schema id of a message, to its last byte. Not thread-safe. */
final class MessageBody {

    private final BoundedDecoder decoder = new BoundedDecoder();

    /**
     * Reads the value of a message.
     *
     * @param start index of its first byte
     * @throws UnreadableMessageException if the bytes are not exactly one value
     */
    <T> T read(DatumReader<T> reader, SchemaId id, byte[] message, int start) {
        T value;
        try {
            decoder.start(message, start);
            value = reader.read(null, decoder);
        } catch (AvroTypeException unknown) {
            throw failed(Reason.WRONG_SCHEMA, id, unknown);
        } catch (IOException | RuntimeException | StackOverflowError damaged) {
            throw failed(Reason.UNREADABLE_VALUE, id, damaged);
        }
        if (decoder.remaining() > 0) {
            throw new UnreadableMessageException(
                    Reason.UNREADABLE_VALUE,
                    decoder.remaining() + " bytes follow a complete message of " + id + ", expected none");
        }
        return value;
    }

    private static UnreadableMessageException failed(Reason reason, SchemaId id, Throwable cause) {
        return new UnreadableMessageException(
                reason, "message does not follow " + id + ": " + cause.getMessage(), cause);
    }
}
