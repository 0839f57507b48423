package io.foundling.service.access;

import io.foundling.console.pages.SessionKey;
import io.foundling.service.config.ConfigurationException;
import io.foundling.topology.yaml.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key of cookies that several consoles share, in a file. It is read again before it is used, at most every ten
 * seconds, and a new secret ends all cookies at once. A file that cannot be used changes nothing, and the log says why
 * once. Any thread; while one reads, which a file system may delay, the others use the key that there is.
 */
public final class CookieKeyFile implements Supplier<SessionKey> {

    static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CookieKeyFile.class);
    private static final String EXPECTED =
            "expected a secret of at least " + SessionKey.MIN_BYTES + " characters, as of openssl rand -base64 32";

    private final Path file;
    private final InstantSource clock;
    private final Lock looking = new ReentrantLock();
    private volatile SessionKey current;
    private String secret;
    private String refusal = "";
    private long lookAtMs;

    /**
     * Reads the file.
     *
     * @param clock is not set back
     * @throws ConfigurationException if it cannot be used
     */
    public CookieKeyFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        secret = read();
        current = key(secret);
        lookAtMs = clock.millis() + LOOKS_EVERY.toMillis();
    }

    @Override
    public SessionKey get() {
        if (looking.tryLock()) {
            try {
                long nowMs = clock.millis();
                if (nowMs >= lookAtMs) {
                    lookAtMs = nowMs + LOOKS_EVERY.toMillis();
                    look();
                }
            } finally {
                looking.unlock();
            }
        }
        return current;
    }

    /** To open a pipe might never end, so it is read once, at the start. */
    private void look() {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return;
        }
        try {
            String now = read();
            if (!now.equals(secret)) {
                current = key(now);
                secret = now;
                LOG.info("{} has changed: whoever is signed in signs in again", file);
            }
            refusal = "";
        } catch (ConfigurationException unusable) {
            if (!refusal.equals(unusable.getMessage())) {
                refusal = unusable.getMessage();
                LOG.error("the key of cookies that was read before is used on; mend the file: {}", refusal);
            }
        }
    }

    private String read() {
        try {
            return TextFile.read(file).strip();
        } catch (FileSystemException unreadable) {
            throw refused(unreadable.getReason());
        }
    }

    private SessionKey key(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SessionKey.MIN_BYTES) {
            throw refused("holds " + bytes.length + " characters");
        }
        return new SessionKey(bytes);
    }

    /** It shows nothing of what the file holds. */
    private ConfigurationException refused(String found) {
        return new ConfigurationException(
                "the configuration of console",
                List.of("console.cookieKeyFile is " + file + ", which " + found + ", " + EXPECTED));
    }
}
