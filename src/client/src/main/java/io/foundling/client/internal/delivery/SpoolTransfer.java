package io.foundling.client.internal.delivery;

import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.RecorderSetting;
import io.foundling.client.internal.broker.BrokerLink;
import io.foundling.client.internal.broker.ProducerFactory;
import io.foundling.client.internal.broker.Watch;
import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.Spool;
import io.foundling.client.internal.spool.SpoolView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends a spool of which no recorder has the lock, as a successor does, and removes it. On the calling thread. */
public final class SpoolTransfer {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Map<String, String> properties;
    private final Duration patience;

    /**
     * @param properties the {@code audit.…} settings of the broker, the registry and the topic
     * @param patience how long no event may be acknowledged or lost before it gives up
     */
    public SpoolTransfer(Map<String, String> properties, Duration patience) {
        this.properties = new HashMap<>(properties);
        this.properties.putIfAbsent(RecorderSetting.SERVICE.key(), "foundling-spool");
        this.patience = patience;
    }

    /**
     * What became of the events.
     *
     * @param lost how many events the broker will never take, or cannot be read
     * @param bytesLeft how many bytes are still in the spool
     * @param problem why they are
     */
    public record Outcome(long written, long lost, long bytesLeft, Optional<Throwable> problem) {}

    /**
     * Sends what waits in the directory; empty if a recorder uses it. Nothing is sent if this version cannot read all.
     *
     * @throws IllegalArgumentException if a setting is wrong
     * @throws IOException if the directory cannot be used
     */
    public Optional<Outcome> send(Path directory) throws IOException {
        RecorderSettings settings = RecorderSettings.fromProperties(properties);
        BrokerLink link =
                new BrokerLink(settings.target().topic(), ProducerFactory.factory(settings), Watch.of(settings));
        SpoolView view = SpoolView.of(directory);
        if (!view.isInUse() && !view.canBeAdopted()) {
            return Optional.of(new Outcome(0, 0, 0, Optional.empty()));
        }
        Optional<Spool> spool = Spool.adopt(directory);
        return spool.isPresent() ? Optional.of(send(spool.get(), settings, link)) : Optional.empty();
    }

    private static long finished(InMemoryRecorderMetrics metrics) {
        return metrics.writtenEvents() + metrics.lostEvents();
    }

    private static void requireReadable(Spool spool) throws IOException {
        Optional<String> unreadable;
        try {
            unreadable = SpoolCheck.unreadable(spool);
        } catch (IOException | RuntimeException failure) {
            spool.close();
            throw failure;
        }
        if (unreadable.isPresent()) {
            spool.close();
            throw new IOException(unreadable.get());
        }
    }

    private Outcome send(Spool spool, RecorderSettings settings, BrokerLink link) throws IOException {
        requireReadable(spool);
        InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
        SpoolSender sender = new SpoolSender(spool, link, new DeliveryCounts(settings, metrics, System::nanoTime));
        Optional<Throwable> problem = Optional.empty();
        try {
            sender.start();
            sender.endWhenCaughtUp();
            long before = 0;
            while (!sender.hasEnded(patience) && finished(metrics) > before) {
                before = finished(metrics);
            }
            problem = sender.problem(); // Before the end of the sending becomes the last problem.
            sender.stop(Duration.ZERO);
            link.close(LAST_ANSWERS);
            sender.end();
        } finally {
            spool.closeAndRemove();
        }
        long left = spool.bytes();
        return new Outcome(metrics.writtenEvents(), metrics.lostEvents(), left, left > 0 ? problem : Optional.empty());
    }
}
