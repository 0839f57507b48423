package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolSiblings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what recorders of the same service left in their spools when they ended, one spool after the other, and removes
 * the directories. It looks when the recorder starts and then at an interval, because others may end later. It holds
 * the lock of a spool from the first event to the removal, so that nobody else sends from it; if this process dies
 * too, the next one goes on from the last acknowledgement. Events stay as they were recorded, their producer too.
 */
final class Adoption implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final Duration UNTIL_STOPPED = Duration.ofDays(365);
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final SpoolSiblings siblings;
    private final Path own;
    private final SpoolCheck check;
    private final Duration interval;
    private final BrokerLink link;
    private final DeliveryCounts counts;
    private final Thread thread = new Thread(null, this, "audit-spool-adoption", 0, false);
    private final CountDownLatch linkClosed = new CountDownLatch(1);
    private final Set<Path> unusable = new HashSet<>();
    private volatile Optional<Spool> current = Optional.empty();
    private volatile Optional<SpoolSender> sender = Optional.empty();
    private volatile boolean stopping;

    /** @param own the directory of this recorder's own spool, which is never adopted */
    Adoption(SpoolSiblings siblings, Path own, Duration interval, BrokerLink link, DeliveryCounts counts) {
        this.siblings = siblings;
        this.own = own;
        check = new SpoolCheck(link.topic());
        this.interval = interval;
        this.link = link;
        this.counts = counts;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Sends nothing more. Called before the link is closed, which answers what is in flight. */
    void stop() {
        stopping = true;
        sender.ifPresent(sending -> sending.stop(Duration.ZERO));
        LockSupport.unpark(thread);
    }

    /** Called after the link was closed: notes the last acknowledgements and releases the spool. */
    void end() {
        linkClosed.countDown();
        try {
            thread.join(LAST_WAIT.toMillis());
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how many bytes of the spool that is being sent are not acknowledged. */
    long bytes() {
        return current.map(Spool::bytes).orElse(0L);
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                for (Path directory : siblings.directories()) {
                    adopt(directory);
                }
            } catch (IOException | RuntimeException failure) {
                warn(siblings.parent(), failure);
            }
            rest();
        }
    }

    private void adopt(Path directory) {
        if (stopping || directory.equals(own)) {
            return;
        }
        try {
            Optional<Spool> left = Spool.adopt(directory);
            if (left.isPresent() && isUsable(left.get())) {
                send(directory, left.get());
            }
        } catch (IOException | RuntimeException failure) {
            warn(directory, failure);
        }
    }

    /** Closes a spool that this recorder must not send, so that another one can. */
    private boolean isUsable(Spool left) throws IOException {
        boolean usable = false;
        try {
            Optional<String> objection = check.objection(left);
            // Before the broker is reached too: one spool that cannot be sent would keep those behind it waiting.
            Optional<Throwable> notNow =
                    objection.isEmpty() ? new SpoolCluster(left, link).objection() : Optional.empty();
            objection = objection.or(
                    () -> notNow.filter(IOException.class::isInstance).map(Throwable::getMessage));
            usable = objection.isEmpty() && notNow.isEmpty();
            if (objection.isPresent() && unusable.add(left.directory())) {
                LOG.warn("leaves the audit events in {}: {}", left.directory(), objection.get());
            }
            return usable;
        } finally {
            if (!usable) {
                left.close();
            }
        }
    }

    private void send(Path directory, Spool left) throws IOException {
        SpoolSender sending = new SpoolSender(left, link, counts);
        current = Optional.of(left);
        sender = Optional.of(sending);
        try {
            if (!sending.isCaughtUp() && !stopping) {
                LOG.info("sends {} bytes of audit events that an ended recorder left in {}", left.bytes(), directory);
                sending.start();
                sending.stop(UNTIL_STOPPED);
                if (!sending.isCaughtUp()) {
                    awaitClosedLink();
                }
                sending.end();
                if (sending.isCaughtUp()) {
                    LOG.info("sent or lost all audit events in {}; it is removed", directory);
                } else {
                    LOG.info("{} bytes of audit events stay in {}, to be sent later", left.bytes(), directory);
                }
            }
        } finally {
            sender = Optional.empty();
            current = Optional.empty();
            left.closeAndRemove();
        }
    }

    /** A closed link answers what is in flight, or nothing more comes in time to be noted. An interrupted thread could not write files. */
    private void awaitClosedLink() {
        boolean closed = false;
        while (!closed) {
            Thread.interrupted();
            try {
                linkClosed.await();
                closed = true;
            } catch (InterruptedException notByThisRecorder) {
                // The close ends the waiting.
            }
        }
    }

    private void rest() {
        // Nothing of the recorder interrupts this thread. Any other interrupt would make it spin.
        Thread.interrupted();
        if (!stopping) {
            LockSupport.parkNanos(this, interval.toNanos());
        }
    }

    /** Says once of each directory why it cannot be used; looks at it again nevertheless. */
    private void warn(Path directory, Exception failure) {
        if (unusable.add(directory)) {
            LOG.warn("cannot send the audit events that ended recorders may have left in {}: {}", directory, failure);
        }
    }
}
