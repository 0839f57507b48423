package io.foundling.service.config;

import io.foundling.console.delivery.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A receiver of alerts as it is configured. Its secrets are in files, which only {@code notify} and {@code doctor} read.
 */
public record ReceiverSettings(
        String name,
        Kind kind,
        Address address,
        Receiver.Format format,
        Duration updateEvery,
        Duration timeout,
        Files files) {

    /**
     * Where it is, or the file that says so.
     *
     * @param url of a webhook, or of the instances of Alertmanager, separated by commas
     */
    public record Address(Optional<String> url, Optional<Path> file) {}

    /**
     * The files that it needs.
     *
     * @param authorization value of the header Authorization
     * @param secret key of signatures
     * @param authority certificates that are trusted
     * @param certificate that notify shows
     * @param key of that certificate
     */
    public record Files(
            Optional<Path> authorization,
            Optional<Path> secret,
            Optional<Path> authority,
            Optional<Path> certificate,
            Optional<Path> key) {

        public static final Files NONE =
                new Files(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Whether a file is about TLS. */
        public boolean concernTls() {
            return authority.isPresent() || certificate.isPresent();
        }
    }

    /** What alerts are sent to. */
    public enum Kind {
        ALERTMANAGER,
        WEBHOOK
    }

    /** Does not show the URL, which may hold a secret. */
    @Override
    public String toString() {
        return "receiver " + name;
    }
}
