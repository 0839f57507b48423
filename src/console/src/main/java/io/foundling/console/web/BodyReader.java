package io.foundling.console.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.EofException;

/** Reads the body of a request, as far as it may be long and take time; a compressed one is as long as it becomes. */
final class BodyReader {

    private static final int CHUNK = 8_192;

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
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            if (all.size() + read > maxBytes) {
                throw tooLarge(maxBytes);
            }
            room.take(read);
            all.write(chunk, 0, read);
        }
        return all.toByteArray();
    }

    static ProblemException tooLarge(long maxBytes) {
        return ProblemException.of(413, "The body is too long, must be at most " + maxBytes + " bytes")
                .header("Connection", "close");
    }
}
