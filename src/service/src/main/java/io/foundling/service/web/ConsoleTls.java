package io.foundling.service.web;

import io.foundling.console.delivery.http.PemTls;
import io.foundling.schemas.failure.Causes;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.ConsoleAddress;
import io.foundling.topology.yaml.TextFile;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;

/** Makes the TLS of the console of its files, which are read once, at the start. */
public final class ConsoleTls {

    private static final String CONFIGURATION = "the configuration of console";
    private static final String CERTIFICATE = "console.certificateFile";
    private static final String KEY = "console.keyFile";

    private ConsoleTls() {}

    /**
     * Returns it; none if there are no files.
     *
     * @throws ConfigurationException if a file is missing or cannot be used
     */
    public static Optional<SSLContext> of(ConsoleAddress address) {
        if (address.certificate().isEmpty() && address.key().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = address.certificate().orElseThrow(() -> needed(CERTIFICATE, KEY));
        Path key = address.key().orElseThrow(() -> needed(KEY, CERTIFICATE));
        try {
            PemTls.Identity own = new PemTls.Identity(text(CERTIFICATE, certificate), text(KEY, key));
            return Optional.of(PemTls.of(Optional.empty(), Optional.of(own)));
        } catch (KafkaException unusable) {
            throw problem(CERTIFICATE + " is " + certificate + " and " + KEY + " is " + key
                    + ", must be PEM of a certificate and its key: " + Causes.sentence(unusable));
        }
    }

    private static String text(String setting, Path file) {
        try {
            return TextFile.read(file);
        } catch (FileSystemException unreadable) {
            throw problem(setting + " is " + file + ", which " + unreadable.getReason());
        }
    }

    private static ConfigurationException needed(String missing, String given) {
        return problem(missing + " is missing, must name a PEM file, because " + given + " is set");
    }

    private static ConfigurationException problem(String sentence) {
        return new ConfigurationException(CONFIGURATION, List.of(sentence));
    }
}
