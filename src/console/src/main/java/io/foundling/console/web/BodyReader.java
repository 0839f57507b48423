package io.foundling.console.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Reads the body of a request, as far as it may be long and take time. */
final class BodyReader {

    private static final int CHUNK = 8_192;

    private BodyReader() {}

    /** @throws ProblemException if it is of another type, too long or too slow */
    static byte[] read(Context http, Body expected, WebLimits limits) {
        String type = Optional.ofNullable(http.req().getContentType())
                .map(found -> found.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .orElse("");
        if (!expected.content().containsKey(type)) {
            throw ProblemException.of(
                    415,
                    "Content-Type is " + Shown.of(type) + ", must be one of "
                            + String.join(", ", expected.content().keySet()));
        }
        try {
            return read(
                    http.req().getInputStream(),
                    expected.maxBytes(),
                    System.nanoTime() + limits.arrival().toNanos());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Each read ends when the client sends nothing for as long as it may be idle. */
    private static byte[] read(InputStream in, long maxBytes, long endNanos) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            if (all.size() + read > maxBytes) {
                throw tooLarge(maxBytes);
            }
            if (System.nanoTime() - endNanos > 0) {
                throw ProblemException.of(408, "The body did not arrive in time")
                        .header("Connection", "close");
            }
            all.write(chunk, 0, read);
        }
        return all.toByteArray();
    }

    static ProblemException tooLarge(long maxBytes) {
        return ProblemException.of(413, "The body is too long, must be at most " + maxBytes + " bytes")
                .header("Connection", "close");
    }
}
