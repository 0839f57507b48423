package io.foundling.service.notify;

import io.foundling.console.delivery.http.PemTls;
import io.foundling.schemas.failure.Causes;
import io.foundling.service.config.ReceiverSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;

/** Makes the TLS of a receiver of what its files hold: anew only if that is something else than before. */
final class ReceiverTls {

    private final ReceiverSettings.Files paths;
    private final List<URI> uris;
    private Optional<Texts> madeOf = Optional.empty();
    private Optional<SSLContext> made = Optional.empty();

    ReceiverTls(ReceiverSettings.Files paths, List<URI> uris) {
        this.paths = paths;
        this.uris = uris;
    }

    private record Texts(Optional<String> authority, Optional<PemTls.Identity> own) {}

    /** Returns what the files say; none if there are no such files, or one of them has a problem. */
    Optional<SSLContext> context(ReceiverFiles files) {
        if (!paths.concernTls()) {
            return Optional.empty();
        }
        Optional<String> authority = paths.authority().flatMap(file -> files.text("caFile", file));
        Optional<String> certificate = paths.certificate().flatMap(file -> files.text("certificateFile", file));
        Optional<PemTls.Identity> own = certificate.flatMap(shown ->
                paths.key().flatMap(file -> files.text("keyFile", file)).map(key -> new PemTls.Identity(shown, key)));
        if (!uris.isEmpty() && uris.stream().noneMatch(uri -> "https".equalsIgnoreCase(uri.getScheme()))) {
            files.problem(
                    paths.authority().isPresent() ? "caFile" : "certificateFile", "is for https, but its URL is http");
        }
        Optional<Texts> texts = Optional.of(new Texts(authority, own));
        if (!texts.equals(madeOf)) {
            made = context(authority, own, files);
            madeOf = made.isPresent() ? texts : Optional.empty();
        }
        return made;
    }

    /** Each by itself first, so that the problem names the right setting. */
    private static Optional<SSLContext> context(
            Optional<String> authority, Optional<PemTls.Identity> own, ReceiverFiles files) {
        String key = "caFile";
        String expected = "PEM";
        try {
            PemTls.of(authority, Optional.empty());
            key = "certificateFile or keyFile";
            expected = "PEM of a certificate and its key";
            return Optional.of(PemTls.of(authority, own));
        } catch (KafkaException unusable) {
            files.problem(key, "cannot be used, expected " + expected + ": " + Causes.sentence(unusable));
            return Optional.empty();
        }
    }
}
