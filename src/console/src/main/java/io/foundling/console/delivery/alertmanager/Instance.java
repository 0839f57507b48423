package io.foundling.console.delivery.alertmanager;

import io.foundling.console.delivery.DeliveryListener;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.Worker;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.topics.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of Alertmanager. It is sent everything at the start and every minute, and what changes at once. Nothing
 * that happens to another instance matters here. One thread, that of its worker; the age may be asked from any.
 */
final class Instance {

    static final Duration EVERYTHING_EVERY = Duration.ofMinutes(1);

    /** Alertmanager answers a post once it has taken in all of it. */
    static final int AT_ONCE = 500;

    /** What proxies let through unless they are configured otherwise: nginx 1 MiB. */
    static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
    private static final long NOTHING_SENT = -1;
    private static final long HOLDS_BACK_MS = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final String receiver;
    private final Endpoint endpoint;
    private final Presentation shown;
    private final StandingAlerts alerts;
    private final DeliveryListener listener;
    private final SteadyClock clock;
    private final BooleanSupplier mayServe;
    private long sentRevision = NOTHING_SENT;
    private long everythingAtMs;
    private long retryAtMs;
    private int failures;
    private String lastRefusal = "";
    private boolean isRefusing;
    private volatile long behindSinceMs = Worker.NEVER;

    Instance(
            String receiver,
            Endpoint endpoint,
            Presentation shown,
            StandingAlerts alerts,
            DeliveryListener listener,
            SteadyClock clock,
            BooleanSupplier mayServe) {
        this.receiver = receiver;
        this.endpoint = endpoint;
        this.shown = shown;
        this.alerts = alerts;
        this.listener = listener;
        this.clock = clock;
        this.mayServe = mayServe;
    }

    /** Sends what is due and returns when something is due again. */
    long step() throws InterruptedException {
        long nowMs = clock.millis();
        if (!alerts.hasBegun()) {
            return Worker.NEVER;
        }
        boolean isEverythingDue = nowMs >= everythingAtMs;
        if (!isEverythingDue && alerts.revision() == sentRevision) {
            return everythingAtMs;
        }
        behindSinceMs = Math.min(behindSinceMs, nowMs);
        if (nowMs < retryAtMs) {
            return retryAtMs;
        }
        Instant now = clock.wall().instant();
        StandingAlerts.Changes changes = alerts.since(isEverythingDue ? NOTHING_SENT : sentRevision, now);
        isRefusing = false;
        for (List<SentAlert> part : parts(changes.alerts())) {
            if (!takes(part, changes.revision(), now)) {
                return retryAtMs;
            }
        }
        succeeded(changes.revision());
        if (isEverythingDue) {
            everythingAtMs = nowMs + EVERYTHING_EVERY.toMillis();
            lastRefusal = isRefusing ? lastRefusal : "";
        }
        return everythingAtMs;
    }

    /** Returns for how long the instance has not got what was due; 0 if it has everything. */
    long behindMs() {
        long sinceMs = behindSinceMs;
        return sinceMs == Worker.NEVER ? 0 : clock.millis() - sinceMs;
    }

    /** Also if there is nothing to send, it is sent every minute: so it is known whether the instance answers. */
    private static List<List<SentAlert>> parts(List<SentAlert> alerts) {
        List<List<SentAlert>> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < alerts.size(); from += AT_ONCE) {
            parts.add(alerts.subList(from, Math.min(from + AT_ONCE, alerts.size())));
        }
        return parts;
    }

    /**
     * Sends alerts, in halves where they are too many for one post. To the status 400 Alertmanager has taken all alerts
     * but some; after any other failure they are sent again.
     *
     * @return whether the instance needs them no more
     */
    private boolean takes(List<SentAlert> part, long revision, Instant now) throws InterruptedException {
        if (!mayServe.getAsBoolean()) {
            retryAtMs = clock.millis() + HOLDS_BACK_MS;
            return false;
        }
        byte[] body = AlertsPost.body(part, shown, now);
        boolean isDivisible = part.size() > 1;
        if (isDivisible && body.length > MAX_BYTES) {
            return takesHalves(part, revision, now);
        }
        Answer answer = endpoint.post(body, Map.of());
        if (isDivisible && answer.status() == TOO_LARGE) {
            return takesHalves(part, revision, now);
        }
        if (answer.verdict() == Answer.Verdict.ACCEPTED) {
            listener.delivered(receiver, endpoint.shown(), part.size());
            return true;
        }
        if (!part.isEmpty() && (answer.status() == BAD_REQUEST || answer.status() == TOO_LARGE)) {
            refused(part, revision, answer);
            return true;
        }
        failed(answer);
        return false;
    }

    private boolean takesHalves(List<SentAlert> part, long revision, Instant now) throws InterruptedException {
        int half = part.size() / 2;
        return takes(part.subList(0, half), revision, now) && takes(part.subList(half, part.size()), revision, now);
    }

    private void refused(List<SentAlert> part, long revision, Answer answer) {
        listener.refused(receiver, endpoint.shown(), part.size());
        alerts.refused(part, revision, answer.text(), clock.wall().instant());
        isRefusing = true;
        if (!answer.text().equals(lastRefusal)) {
            lastRefusal = answer.text();
            LOG.warn(
                    "{} at {} refuses alerts, at least one of these {}: {}",
                    receiver,
                    endpoint.shown(),
                    part.size(),
                    answer.text());
        }
    }

    /** When it answers again, it may have lost everything. A longer wait would let alerts end there. */
    private void failed(Answer answer) {
        failures++;
        long nowMs = clock.millis();
        listener.failed(receiver, endpoint.shown());
        if (failures == 1) {
            LOG.warn("{} at {} does not take alerts, trying again: {}", receiver, endpoint.shown(), answer.advice());
        }
        everythingAtMs = nowMs;
        long asked = answer.retryAfter().map(Duration::toMillis).orElse(0L);
        retryAtMs = nowMs + Math.min(Math.max(asked, Backoff.ms(failures)), EVERYTHING_EVERY.toMillis());
    }

    private void succeeded(long revision) {
        if (failures > 0) {
            LOG.info("{} at {} takes alerts again, after {} failures", receiver, endpoint.shown(), failures);
        }
        failures = 0;
        sentRevision = revision;
        behindSinceMs = Worker.NEVER;
        alerts.reached(revision);
    }
}
