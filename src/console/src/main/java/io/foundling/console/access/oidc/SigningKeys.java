package io.foundling.console.access.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.foundling.console.access.AccessUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the issuer. They are read again every five minutes, and once a JWT names a key that is not among them,
 * but then at most every ten seconds: anybody can name keys. One thread reads at a time; calls go on with the known
 * keys meanwhile, and only one whose key is unknown waits, for two seconds at most, and sixteen of these at a time: the
 * threads of a server are not lost to JWTs that anybody invents while the issuer is slow. If keys cannot be read, the
 * known ones are used on and the log says so once.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

    static final Duration READ_EVERY = Duration.ofMinutes(5);
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Duration WAITS = Duration.ofSeconds(2);
    static final int MOST_WAITING = 16;

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final JWKSet NONE = new JWKSet();

    private final KeyDownload download;
    private final InstantSource clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile JWKSet known = NONE;
    private volatile long readAgainAtMs;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
    private long mayReadAtMs;
    private boolean hasFailed;

    /** @param clock is not set back */
    SigningKeys(KeyDownload download, InstantSource clock) {
        this.download = download;
        this.clock = clock;
    }

    /**
     * Returns the keys that may have made a signature.
     *
     * @throws AccessUnavailableException if no key of the issuer is known
     */
    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext ignored) {
        if (clock.millis() >= readAgainAtMs) {
            read();
        }
        List<JWK> found = selector.select(known);
        if (!found.isEmpty()) {
            return found;
        }
        await(read());
        JWKSet now = known;
        if (now.isEmpty()) {
            throw new AccessUnavailableException(
                    "the keys of the issuer of JWTs cannot be read at the moment, so no JWT can be verified");
        }
        return selector.select(now);
    }

    /** Begins to read the keys, unless a thread is reading them or did so a moment ago. Returns that reading. */
    synchronized CompletableFuture<Void> read() {
        if (reading.isDone() && clock.millis() >= mayReadAtMs) {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Thread thread = new Thread(() -> read(begun), "foundling-issuer-keys");
            thread.setDaemon(true);
            thread.start();
            reading = begun;
        }
        return reading;
    }

    private void read(CompletableFuture<Void> begun) {
        try {
            accept(download.run());
        } catch (IOException failed) {
            refuse(failed.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            LOG.debug("keys cannot be read", unexpected);
            refuse("unexpected " + unexpected.getClass().getSimpleName());
        } finally {
            end();
            begun.complete(null);
        }
    }

    private void accept(JWKSet published) {
        known = published;
        readAgainAtMs = clock.millis() + READ_EVERY.toMillis();
        if (hasFailed) {
            hasFailed = false;
            LOG.info("the keys of the issuer of JWTs can be read again");
        }
    }

    private void refuse(String why) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.warn(
                    "the keys of the issuer of JWTs cannot be read, {}: {}",
                    known.isEmpty() ? "so no JWT is accepted" : "so those that were read before are used on",
                    why);
        }
    }

    /** The pause begins with the end, so that a slow issuer is not read without a pause. */
    private synchronized void end() {
        mayReadAtMs = clock.millis() + PAUSE.toMillis();
    }

    private void await(CompletableFuture<Void> begun) {
        if (begun.isDone() || !waiting.tryAcquire()) {
            return;
        }
        try {
            begun.get(WAITS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            // The caller is judged by the keys that are known; the reading goes on.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
    }
}
