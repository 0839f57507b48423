package io.foundling.client.internal.delivery;

import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.RecorderSetting;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolSiblings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to disk, from where {@link SpoolSender} sends them. Every event takes this way, even while the broker
 * answers, so that no event overtakes another and every written event outlives the process. Only if the disk does not
 * work, and no older event waits on it, events go to the broker directly. Urgent events behind a long spool are sent by
 * the {@link UrgentLane} as well. For the thread of the drain.
 */
final class SpoolSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAuditRecorder.class);
    private static final int MOST_COLLECTED = 1_000;
    private static final int LARGEST_SHARE = 4;
    /** What a request has besides the event, as the producer reckons it. */
    private static final int REQUEST_OVERHEAD_BYTES = 1_024;

    /** How much must wait in the spool, or which part of it, before urgent events are sent past it. */
    private static final long LONG_BYTES = 1 << 20;

    private static final int LONG_PART = 16;
    private static final Duration ADOPTION_INTERVAL = Duration.ofSeconds(30);

    private final RecorderSettings.Spool settings;
    private final long largestBytes;
    private final Spool spool;
    private final BrokerSink direct;
    private final DeliveryCounts counts;
    private final RetryLog retries;
    private final SpoolSender sender;
    private final UrgentLane lane;
    private final Optional<Adoption> adoption;
    private final SpoolCodec codec = new SpoolCodec();
    private final Deque<Sending> collected = new ConcurrentLinkedDeque<>();
    private final Deque<Sending> unforced = new ConcurrentLinkedDeque<>();
    private int collectedEvents;
    private boolean failing;
    private long lastNumber;
    private long lastForcedNanos = System.nanoTime();

    /** @param requestBytes the largest request of the producer: what it refuses later must not be kept first */
    SpoolSink(
            RecorderSettings.Spool settings,
            int requestBytes,
            Spool spool,
            BrokerLink link,
            BrokerSink direct,
            DeliveryCounts counts) {
        this.settings = settings;
        largestBytes = Math.min(requestBytes - REQUEST_OVERHEAD_BYTES, settings.maxBytes() / LARGEST_SHARE);
        this.spool = spool;
        this.direct = direct;
        this.counts = counts;
        retries = new RetryLog(counts);
        sender = new SpoolSender(spool, link, counts);
        lane = new UrgentLane(link, counts);
        adoption = settings.withSiblings()
                ? Optional.of(new Adoption(siblings(settings), spool.directory(), ADOPTION_INTERVAL, link, counts))
                : Optional.empty();
    }

    /** @throws UncheckedIOException if the directory cannot be used */
    static Spool open(RecorderSettings.Spool settings, String topic) {
        byte[] description = SpoolCodec.description(topic);
        try {
            if (!settings.withSiblings()) {
                return Spool.open(settings.directory(), settings.maxBytes(), description);
            }
            String name = settings.directory().getFileName().toString();
            SpoolCheck check = new SpoolCheck(topic);
            return siblings(settings).open(name, settings.maxBytes(), description, found -> isUsable(found, check));
        } catch (IOException unusable) {
            RecorderSetting setting =
                    settings.withSiblings() ? RecorderSetting.SPOOL_ROOT : RecorderSetting.SPOOL_DIRECTORY;
            throw new UncheckedIOException(
                    "audit recorder: " + unusable.getMessage() + " (" + setting.key() + ")", unusable);
        }
    }

    private static boolean isUsable(Spool found, SpoolCheck check) throws IOException {
        Optional<String> objection = check.objection(found);
        objection.ifPresent(why -> LOG.warn("leaves the audit events in {}: {}", found.directory(), why));
        return objection.isEmpty();
    }

    private static SpoolSiblings siblings(RecorderSettings.Spool settings) {
        return new SpoolSiblings(settings.directory().getParent());
    }

    @Override
    public void start() {
        sender.start();
        lane.start();
        adoption.ifPresent(Adoption::start);
    }

    /** Takes no event while the disk does not work: events must then wait in the queue, which is bounded. */
    @Override
    public boolean accept(Sending sending) {
        if ((failing || collectedEvents >= MOST_COLLECTED) && !write()) {
            return false;
        }
        collected.add(sending);
        collectedEvents++;
        return true;
    }

    @Override
    public boolean roundOver(boolean last) {
        // Later events go to disk even while those that were sent past it cannot be sent again.
        boolean sent = direct.roundOver(last);
        return write() && (!isForceDue(last) || force()) && sent;
    }

    @Override
    public long dueInNanos() {
        long forceNanos =
                settings.durable() && spool.dirty() ? settings.flushInterval().toNanos() / 4 : Long.MAX_VALUE;
        return Math.min(forceNanos, direct.dueInNanos());
    }

    @Override
    public void close(TimeLimit limit, boolean drained) {
        String why = "the audit recorder was closed before the event was in the spool";
        collected.forEach(event -> counts.lost(event, LossReason.CLOSED, why));
        sender.stop(limit.left());
        lane.stop();
        adoption.ifPresent(Adoption::stop);
        direct.close(limit, drained);
        sender.end();
        adoption.ifPresent(Adoption::end);
        if (!drained) {
            LOG.warn("the spool stays open, because the disk does not answer");
            return;
        }
        try {
            if (spool.bytes() > 0) {
                LOG.info("{} bytes of audit events stay in the spool for the next start", spool.bytes());
            }
            spool.close();
        } catch (IOException failure) {
            LOG.warn("the spool did not close properly; the next start may send some events again", failure);
        }
    }

    @Override
    public long spooledBytes() {
        return spool.bytes() + adoption.map(Adoption::bytes).orElse(0L);
    }

    @Override
    public boolean isOwnThread() {
        return direct.isOwnThread() || sender.isOwnThread() || lane.isOwnThread();
    }

    /** Writes the collected events as far as there is room. */
    private boolean write() {
        failing = false;
        while (!failing && !collected.isEmpty()) {
            int added = add();
            if (added == 0 && !collected.isEmpty()) {
                failing = true;
                retries.failed(new IOException("the spool is full (" + RecorderSetting.SPOOL_MAXBYTES.key() + " is "
                        + settings.maxBytes() + ")"));
            } else {
                failing = !write(added) && !handOverDirectly();
            }
        }
        if (!failing) {
            retries.succeeded();
        }
        return !failing;
    }

    private boolean write(int added) {
        try {
            spool.write();
            written(added);
            return true;
        } catch (IOException | Error failure) {
            // Errors too: the rest of a batch must not be written again beside its replacement.
            int left = spool.collected();
            spool.discard();
            written(added - left);
            sender.forget(lastNumber - left);
            retries.failed(failure);
            return false;
        }
    }

    private int add() {
        int added = 0;
        for (Iterator<Sending> all = collected.iterator(); all.hasNext(); ) {
            Sending next = all.next();
            Optional<byte[]> payload = payload(next);
            if (payload.isEmpty()) {
                all.remove();
                collectedEvents--;
            } else if (spool.hasRoomFor(payload.get().length)) {
                lastNumber++;
                next.number(lastNumber);
                sender.expect(next);
                spool.add(payload.get(), 0, payload.get().length);
                added++;
            } else {
                return added;
            }
        }
        return added;
    }

    /**
     * Returns the bytes of an event. Loses the event and returns empty if it is invalid or too large for this spool.
     */
    private Optional<byte[]> payload(Sending sending) {
        try {
            byte[] payload = codec.payload(lastNumber + 1, counts.stamp(sending.event()));
            if (payload.length <= largestBytes) {
                return Optional.of(payload);
            }
            String why = payload.length + " bytes are more than " + largestBytes + ": a quarter of the spool ("
                    + RecorderSetting.SPOOL_MAXBYTES.key() + "), or what the producer sends ("
                    + RecorderSetting.KAFKA_PREFIX + "max.request.size)";
            counts.lost(sending, LossReason.TOO_LARGE, why);
        } catch (SerializationException | Error invalid) {
            counts.lost(sending, invalid);
        }
        return Optional.empty();
    }

    private void written(int events) {
        for (int i = 0; i < events; i++) {
            Sending written = collected.remove();
            sender.published(written.number());
            if (written.isUrgent() && isLong()) {
                lane.add(written);
            }
            written.handedOver();
            if (settings.forcesBeforeReturn()) {
                unforced.add(written);
            }
        }
        collectedEvents -= events;
        sender.wake();
    }

    private boolean isLong() {
        return spool.bytes() >= Math.min(LONG_BYTES, settings.maxBytes() / LONG_PART);
    }

    private boolean isForceDue(boolean last) {
        long waited = System.nanoTime() - lastForcedNanos;
        return settings.durable()
                && spool.dirty()
                && (last || waited >= settings.flushInterval().toNanos() / 2);
    }

    /** After a failure the same bytes are not forced again, because the system may have dropped them from its cache. */
    private boolean force() {
        boolean success = true;
        try {
            spool.force();
            lastForcedNanos = System.nanoTime();
        } catch (IOException failure) {
            retries.failed(failure);
            success = false;
        }
        for (Sending each = unforced.poll(); each != null; each = unforced.poll()) {
            each.forced(success);
        }
        return success;
    }

    private boolean handOverDirectly() {
        if (!sender.isCaughtUp()) {
            return false;
        }
        for (Sending first = collected.peek(); first != null; first = collected.peek()) {
            if (!direct.accept(first)) {
                return false;
            }
            collected.remove();
            collectedEvents--;
        }
        return true;
    }
}
