package io.foundling.console.pages;

import io.foundling.console.web.Answer;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file that pages refer to. Its path has a hash of its content, so that browsers may keep it for ever. */
record Asset(String path, String mediaType, byte[] content) {

    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final int HASH_BYTES = 6;

    /**
     * Reads one from the class path.
     *
     * @param resource relative to this package, or absolute
     */
    static Asset read(String resource, String name, String ending, String mediaType) {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path has no " + resource);
            }
            byte[] content = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            String path = "/assets/" + name + "." + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + "." + ending;
            return new Asset(path, mediaType, content);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the operation that serves it, to everybody. */
    Operation operation() {
        Reply reply = new Reply(200, mediaType, Map.of("Cache-Control", FOREVER), new Reply.Whole(content));
        return new Operation(
                "asset " + path,
                new Route(Method.GET, path),
                Optional.empty(),
                "A file of the pages",
                List.of(),
                Optional.empty(),
                new Answer("The file", Map.of(mediaType, Html.ANY)),
                request -> reply);
    }
}
