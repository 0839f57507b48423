package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a request with growing pauses until the registry answers it, up to a limit. Waits on the calling thread.
 * Before the registry has granted access for the first time, a refusal fails at once, because waiting does not repair a
 * wrong password. Later a refusal is repeated too, because it may be due to a password that is being changed.
 */
final class PatientRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(PatientRegistry.class);
    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final Duration SAID_EVERY = Duration.ofSeconds(30);

    private final RegistryEndpoints endpoints;
    private final Duration maxWait;
    private final Duration saidEvery;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean granted;

    PatientRegistry(RegistryEndpoints endpoints, Duration maxWait) {
        this(endpoints, maxWait, SAID_EVERY);
    }

    PatientRegistry(RegistryEndpoints endpoints, Duration maxWait, Duration saidEvery) {
        this.endpoints = endpoints;
        this.maxWait = maxWait;
        this.saidEvery = saidEvery;
    }

    RegistryAnswer ask(String method, String path, JsonNode body) {
        try {
            try {
                return askOnce(method, path, body);
            } catch (IOException unsettled) {
                return askAgain(method, path, body, unsettled);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the schema registry", interrupted);
        }
    }

    boolean waiting() {
        return waiting.get() > 0;
    }

    void close() {
        closed.countDown();
    }

    private RegistryAnswer askOnce(String method, String path, JsonNode body) throws IOException, InterruptedException {
        try {
            RegistryAnswer answer = endpoints.ask(method, path, body);
            granted = true;
            return answer;
        } catch (AccessRefused refused) {
            if (granted) {
                throw refused;
            }
            throw new RegistryAccessException(refused.getMessage(), refused);
        }
    }

    private RegistryAnswer askAgain(String method, String path, JsonNode body, IOException first)
            throws InterruptedException {
        if (waiting.getAndIncrement() == 0) {
            LOG.warn(
                    "schema registry gives no usable answer, waiting up to {} ms: {}",
                    maxWait.toMillis(),
                    first.getMessage());
        }
        try {
            RegistryAnswer answer = askUntilSettled(method, path, body, first);
            LOG.info("schema registry answers again");
            return answer;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private RegistryAnswer askUntilSettled(String method, String path, JsonNode body, IOException first)
            throws InterruptedException {
        long start = System.nanoTime();
        IOException last = first;
        long pauseMs = FIRST_PAUSE_MS;
        long leftMs = maxWait.toMillis();
        long said = start;
        while (leftMs > 0) {
            long jittered = ThreadLocalRandom.current().nextLong(pauseMs / 2, pauseMs + 1);
            if (closed.await(Math.min(jittered, leftMs), TimeUnit.MILLISECONDS)) {
                throw new RegistryUnavailableException(
                        "closed while waiting for the schema registry: " + last.getMessage());
            }
            try {
                return askOnce(method, path, body);
            } catch (IOException unsettled) {
                last = unsettled;
            }
            if (System.nanoTime() - said >= saidEvery.toNanos()) {
                said = System.nanoTime();
                LOG.warn(
                        "still waiting for the schema registry after {} s: {}",
                        TimeUnit.NANOSECONDS.toSeconds(said - start),
                        last.getMessage());
            }
            pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
            leftMs = maxWait.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
        String sentence = "schema registry gave no usable answer within " + maxWait.toMillis()
                + " ms (schema.registry.max.wait.ms): " + last.getMessage();
        throw last instanceof AccessRefused
                ? new RegistryAccessException(sentence, last)
                : new RegistryUnavailableException(sentence, last);
    }
}
