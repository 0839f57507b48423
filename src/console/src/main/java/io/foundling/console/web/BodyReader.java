package io.foundling.console.web;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.EofException;

/** Reads the body of a request, as far as it may be long and take time; a compressed one is as long as it becomes. */
final class BodyReader {

    private static final int CHUNK = 8_192;

    /** A byte is in its chunk and in the body, and later in the body and in what is read out of it, which is more. */
    private static final int ROOM_PER_BYTE = 3;

    private BodyReader() {}

    /** @throws ProblemException if it is of another type, too long, too slow or not compressed as it says */
    static Payload read(Context http, Body expected, WebLimits limits, BodyRoom.Share room) {
        String type = Optional.ofNullable(http.req().getContentType())
                .map(found -> found.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .orElse("");
        if (!expected.content().containsKey(type)) {
            throw ProblemException.of(
                    415,
                    "Content-Type is " + Shown.of(type) + ", must be one of "
                            + String.join(", ", expected.content().keySet()));
        }
        boolean isCompressed = isCompressed(http);
        long endNanos = System.nanoTime() + limits.arrival().toNanos();
        try {
            InputStream arriving = new ArrivingStream(http.req().getInputStream(), expected.maxBytes(), endNanos);
            return new Payload(
                    type,
                    isCompressed
                            ? decompressed(arriving, expected.maxBytes(), room)
                            : read(arriving, expected.maxBytes(), room));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static boolean isCompressed(Context http) {
        String encoding = Optional.ofNullable(http.header("Content-Encoding"))
                .map(found -> found.strip().toLowerCase(Locale.ROOT))
                .orElse("identity");
        if (!encoding.equals("identity") && !encoding.equals("gzip")) {
            throw ProblemException.of(415, "Content-Encoding is " + Shown.of(encoding) + ", must be gzip or missing");
        }
        return encoding.equals("gzip");
    }

    private static byte[] decompressed(InputStream arriving, long maxBytes, BodyRoom.Share room) throws IOException {
        try (InputStream in = new GZIPInputStream(arriving, CHUNK)) {
            return read(in, maxBytes, room);
        } catch (EofException gone) {
            throw gone;
        } catch (ZipException | EOFException malformed) {
            throw ProblemException.of(400, "The body is not gzip, as Content-Encoding says")
                    .header("Connection", "close");
        }
    }

    private static byte[] read(InputStream in, long maxBytes, BodyRoom.Share room) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        int length = 0;
        while (true) {
            if (length == chunks.size() * CHUNK) {
                chunks.add(new byte[CHUNK]);
            }
            int read = in.read(chunks.get(chunks.size() - 1), length % CHUNK, CHUNK - length % CHUNK);
            if (read < 0) {
                return joined(chunks, length);
            }
            length += read;
            if (length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            room.take(read * ROOM_PER_BYTE);
        }
    }

    private static byte[] joined(List<byte[]> chunks, int length) {
        byte[] all = new byte[length];
        for (int i = 0; i < chunks.size(); i++) {
            int begin = i * CHUNK;
            System.arraycopy(chunks.get(i), 0, all, begin, Math.min(CHUNK, length - begin));
        }
        return all;
    }

    static ProblemException tooLarge(long maxBytes) {
        return ProblemException.of(413, "The body is too long, must be at most " + maxBytes + " bytes")
                .header("Connection", "close");
    }
}
