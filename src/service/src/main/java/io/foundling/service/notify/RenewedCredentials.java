package io.foundling.service.notify;

import io.foundling.console.delivery.http.Credentials;
import io.foundling.service.config.ReceiverSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials of a receiver, read again when what one of its files holds has changed: tokens and certificates are renewed
 * under way. It looks before an exchange, at most every ten seconds. If a file cannot be used, the former credentials stay,
 * and the log says so once. Any thread; while one thread looks, which a file system may delay, the others use what there is.
 */
final class RenewedCredentials implements Supplier<Credentials> {

    static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RenewedCredentials.class);

    private final String receiver;
    private final ReceiverCredentials reading;
    private final InstantSource clock;
    private final Lock looking = new ReentrantLock();
    private volatile Credentials current;
    private ReceiverFiles used;
    private Optional<ReceiverFiles> refused = Optional.empty();
    private long lookAtMs;

    private RenewedCredentials(
            String receiver,
            ReceiverCredentials reading,
            InstantSource clock,
            ReceiverFiles used,
            Credentials current) {
        this.receiver = receiver;
        this.reading = reading;
        this.clock = clock;
        this.used = used;
        this.current = current;
    }

    /**
     * Reads the files.
     *
     * @param files has read nothing yet
     * @param clock is not set back
     * @return none if there is a problem
     */
    static Optional<RenewedCredentials> read(
            ReceiverSettings settings, List<URI> uris, ReceiverFiles files, InstantSource clock) {
        ReceiverCredentials reading = new ReceiverCredentials(settings, uris);
        return reading.read(files).map(read -> new RenewedCredentials(settings.name(), reading, clock, files, read));
    }

    @Override
    public Credentials get() {
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

    private void look() {
        ReceiverFiles now = used.again();
        if (now.holdTheSameAs(used)) {
            refused = Optional.empty();
            return;
        }
        if (refused.isPresent() && now.holdTheSameAs(refused.get())) {
            return;
        }
        Optional<Credentials> read = reading.read(now);
        if (read.isPresent()) {
            current = read.get();
            used = now;
            refused = Optional.empty();
            LOG.info("receiver {}: its files have changed, and what they hold now is used", receiver);
        } else {
            refused = Optional.of(now);
            LOG.warn(
                    "receiver {}: its files have changed, but what they held before is still used: {}",
                    receiver,
                    String.join("; ", now.problems()));
        }
    }
}
