package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.DeliveryListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The delivery of alerts to all receivers, each by itself, from its start until it is closed. */
public final class Deliveries implements AutoCloseable {

    private final List<ReceiverLoop> loops;

    public Deliveries(DeliverySettings settings, DeliveryListener listener, InstantSource clock) {
        loops = settings.receivers().stream()
                .map(receiver -> new ReceiverLoop(
                        settings, receiver, new KafkaReceiverClients(settings, receiver), listener, clock))
                .toList();
        loops.forEach(ReceiverLoop::start);
    }

    /** Returns a sentence for each receiver that is neither served by this process nor waited for. */
    public List<String> problems() {
        return loops.stream()
                .map(ReceiverLoop::problem)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        loops.parallelStream().forEach(ReceiverLoop::close);
    }
}
