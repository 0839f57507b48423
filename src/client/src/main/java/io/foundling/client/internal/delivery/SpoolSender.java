package io.foundling.client.internal.delivery;

import io.foundling.audit.AuditEvent;
import io.foundling.client.EventSpooledException;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.Ticket;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.SendFailures;
import io.foundling.client.internal.spool.Position;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolEntry;
import io.foundling.client.internal.spool.SpoolReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of the spool, in order, on its own daemon thread: first those that an earlier process left, then
 * those of this process. After a temporary failure it reads and sends again from the first event that failed, so that
 * no later event overtakes it; events acknowledged meanwhile are not sent twice.
 */
final class SpoolSender implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);
    private static final int ACKNOWLEDGED_EVERY = 1_000;

    private final Spool spool;
    private final SpoolReader reader;
    private final OwnEvents own;
    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final RetryLog retries;
    private final SpoolCluster cluster;
    private final SpoolCodec codec = new SpoolCodec();
    private final FramesInFlight flight = new FramesInFlight();
    private final Backoff backoff = Backoff.ofSink();
    private final Thread thread = new Thread(null, this, "audit-spool", 0, false);
    private Position acknowledged;
    private int steps;
    private volatile long published;
    private volatile Throwable lastFailure;
    private volatile boolean failed;
    private volatile boolean stopping;
    private volatile boolean abandoned;

    SpoolSender(Spool spool, BrokerLink link, DeliveryCounts counts) {
        this.spool = spool;
        this.link = link;
        this.counts = counts;
        reader = spool.reader();
        acknowledged = reader.position();
        own = new OwnEvents(spool.written(), counts);
        retries = new RetryLog(counts);
        cluster = new SpoolCluster(spool, link);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** Called before an event is written to the spool, in the order of the numbers. */
    void expect(Sending sending) {
        own.expect(sending);
    }

    /** Takes back {@link #expect} for the events with higher numbers: they could not be written. */
    void forget(long lastNumber) {
        own.forget(lastNumber);
    }

    /** Called when the reader can see every event up to this number. */
    void published(long number) {
        published = number;
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** Whether the broker has acknowledged every event of the spool. */
    boolean isCaughtUp() {
        return spool.first().compareTo(spool.written()) >= 0;
    }

    /** Lets the thread end by itself when the broker has acknowledged every event. */
    void endWhenCaughtUp() {
        stopping = true;
        wake();
    }

    /** Waits until the thread has ended, at most this long. */
    boolean hasEnded(Duration timeout) {
        await(timeout);
        return !thread.isAlive();
    }

    /** Returns why the last event that could not be sent was not; empty if there was none. */
    Optional<Throwable> problem() {
        return retries.last();
    }

    /** Waits until every event is sent, at most this long, and then ends the thread. */
    void stop(Duration timeout) {
        endWhenCaughtUp();
        await(timeout);
        abandoned = true;
        if (!isOwnThread()) {
            thread.interrupt();
        }
    }

    /**
     * Called after the link was closed: notes the last acknowledgements and fails the tickets of the remaining events.
     */
    void end() {
        await(LAST_WAIT);
        EventSpooledException reason = new EventSpooledException();
        if (!thread.isAlive() || isOwnThread()) {
            try {
                acknowledge();
            } catch (IOException failure) {
                retries.failed(failure);
            }
        }
        flight.leaveAll(reason);
        own.leaveAll(reason);
    }

    @Override
    public void run() {
        while (!abandoned && !(stopping && isCaughtUp())) {
            try {
                if (failed) {
                    sendAgain();
                } else {
                    step();
                }
            } catch (IOException failure) {
                retries.failed(failure);
                pause();
            } catch (Throwable unexpected) {
                LOG.error("the spool of the audit recorder goes on after an unexpected failure", unexpected);
                pause();
            }
        }
    }

    private void step() throws IOException {
        long visible = published;
        SpoolEntry entry = reader.next();
        if (entry instanceof SpoolEntry.Frame frame) {
            send(frame);
        } else if (entry instanceof SpoolEntry.Damage damage) {
            count(damage);
            flight.begin(damage.end(), Optional.empty()).done();
        }
        steps++;
        if (entry instanceof SpoolEntry.Nothing) {
            own.loseUpTo(visible);
            flight.settle(this::loseDamaged);
            acknowledge();
            link.replaceUseless();
            restIfNothingCame();
        } else if (steps % ACKNOWLEDGED_EVERY == 0) {
            acknowledge();
        }
    }

    private void send(SpoolEntry.Frame frame) {
        FramesInFlight.Entry entry = flight.known(frame.end(), this::loseDamaged)
                .orElseGet(() -> flight.begin(frame.end(), own.take(frame)));
        if (entry.isDone() || isInLane(entry)) {
            return;
        }
        try {
            send(entry, codec.event(frame.payload(), frame.description()));
        } catch (SerializationException unreadable) {
            lose(entry, unreadable);
        } catch (Error unexpected) {
            // An error says more about the process than about the event, which the next process may be able to send.
            again(entry, unexpected);
        }
    }

    /**
     * Whether the urgent lane sends this event: then its frame is done when its ticket is complete. A close that leaves
     * the event in the spool completes the ticket too, but not the frame, which the next process must send.
     */
    private static boolean isInLane(FramesInFlight.Entry entry) {
        Optional<Sending> elsewhere = entry.sending().filter(sending -> !sending.claim(Sending.Way.SPOOL));
        elsewhere.ifPresent(sending -> sending.whenComplete((ticket, failure) -> {
            if (!(failure instanceof EventSpooledException)) {
                entry.done();
            }
        }));
        return elsewhere.isPresent();
    }

    private void again(FramesInFlight.Entry entry, Throwable failure) {
        lastFailure = failure;
        entry.failed();
        failed = true;
    }

    /** Tries until the producer accepts the event, or an earlier event fails, which must then be sent first. */
    private void send(FramesInFlight.Entry entry, AuditEvent event) {
        while (true) {
            link.replaceUseless();
            if (abandoned || failed) {
                entry.failed();
                return;
            }
            Optional<Throwable> refusal = cluster.objection();
            if (refusal.isEmpty()) {
                refusal = link.hand(event, new Outcome(entry));
            }
            if (refusal.isEmpty()) {
                return;
            }
            retries.failed(refusal.get());
            pause();
        }
    }

    /** Waits until no event is in flight and then goes back to the first one that failed. */
    private void sendAgain() throws IOException {
        link.replaceUseless();
        if (flight.hasUnanswered()) {
            rest(POLL_NANOS);
            return;
        }
        failed = false;
        retries.failed(lastFailure);
        try {
            acknowledge();
        } finally {
            flight.rewind();
            reader.seek(acknowledged);
        }
        pause();
    }

    private void acknowledge() throws IOException {
        Optional<Position> done = flight.acknowledge();
        if (done.isPresent()) {
            acknowledged = done.get();
            backoff.reset();
            retries.succeeded();
            spool.sent(acknowledged);
        }
    }

    private void loseDamaged(FramesInFlight.Entry entry) {
        entry.sending().ifPresentOrElse(own::lose, () -> counts.lost(LossReason.SPOOL_DAMAGED, 1, OwnEvents.DAMAGED));
    }

    private void count(SpoolEntry.Damage damage) {
        if (damage.tornTail()) {
            LOG.info("the spool ends with {} bytes of an event that was never completely written", damage.bytes());
        } else if (!own.isOwn(damage.end())) {
            counts.lost(
                    LossReason.SPOOL_DAMAGED,
                    1,
                    "at least one audit event was lost: " + damage.bytes() + " bytes of the spool before "
                            + damage.end() + " are damaged");
        }
    }

    private void lose(FramesInFlight.Entry entry, Throwable failure) {
        try {
            entry.sending().ifPresentOrElse(sending -> counts.lost(sending, failure), () -> counts.lost(failure));
        } finally {
            entry.done();
        }
    }

    /** A lock inside the producer may have used up a wake-up, hence the look into the spool before a long rest. */
    private void restIfNothingCame() {
        if (!flight.isEmpty() || stopping) {
            rest(POLL_NANOS);
        } else if (reader.position().compareTo(spool.written()) >= 0) {
            rest(Long.MAX_VALUE);
        }
    }

    private void pause() {
        rest(backoff.nextNanos());
    }

    private void rest(long nanos) {
        if (!abandoned) {
            // Only the close interrupts this thread. Any other interrupt would make it spin.
            Thread.interrupted();
            LockSupport.parkNanos(this, nanos);
        }
    }

    private void await(Duration timeout) {
        if (isOwnThread() || timeout.isZero()) {
            return;
        }
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    /** Receives the outcome of one event, on the producer's thread. */
    private final class Outcome implements BrokerLink.Outcome {

        private final FramesInFlight.Entry entry;

        Outcome(FramesInFlight.Entry entry) {
            this.entry = entry;
        }

        @Override
        public void written(Ticket ticket) {
            try {
                entry.sending().ifPresentOrElse(sending -> counts.written(sending, ticket), counts::written);
            } finally {
                entry.done();
            }
        }

        @Override
        public boolean isNext() {
            return !failed;
        }

        @Override
        public void failed(Throwable failure) {
            if (abandoned || SendFailures.isTemporary(failure)) {
                again(entry, failure);
            } else {
                lose(entry, failure);
            }
        }
    }
}
