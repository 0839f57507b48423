package io.foundling.service.it.bridge;

import io.foundling.service.it.rig.Outbox;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thousand orders a second, placed by a thread of its own. Every fiftieth row is no JSON. */
final class ShopFlow {

    static final int POISON_EVERY = 50;

    private static final int AT_ONCE = 10;

    private final Outbox outbox;
    private final Instant now = Instant.now();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "shop-flow");
        thread.setDaemon(true);
        return thread;
    });
    private int sent;

    private ShopFlow(Outbox outbox) {
        this.outbox = outbox;
    }

    static ShopFlow start(Outbox outbox) {
        ShopFlow flow = new ShopFlow(outbox);
        flow.pace.scheduleAtFixedRate(flow::send, 0, AT_ONCE, TimeUnit.MILLISECONDS);
        return flow;
    }

    private void send() {
        for (int i = 0; i < AT_ONCE; i++) {
            int number = sent++;
            if (number % POISON_EVERY == 0) {
                outbox.send("row-" + number, "no json " + number);
            } else {
                outbox.placed("order-" + number, now, now.plusSeconds(86_400));
            }
        }
    }

    /** Ends it and returns how many rows there are. */
    int stop() throws InterruptedException {
        pace.shutdown();
        if (!pace.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the shop does not close");
        }
        outbox.flush();
        return sent;
    }
}
