package io.foundling.bench.recorder;

import java.time.Duration;

/** How the broker is while calls are measured. */
enum BrokerState {
    UP("up"),
    SLOW("200 ms away"),
    FROZEN("frozen"),
    REFUSED("killed");

    private final String label;

    BrokerState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Brings about this state of a broker that works; SLOW is a broker of its own. */
    void begin(BrokerProcess broker) {
        switch (this) {
            case FROZEN -> broker.freeze();
            case REFUSED -> broker.kill();
            default -> {}
        }
    }

    /** Makes the broker work again. */
    void end(BrokerProcess broker) {
        switch (this) {
            case FROZEN -> broker.thaw();
            case REFUSED -> broker.start();
            default -> {}
        }
    }

    Duration measured(Plan plan) {
        return this == FROZEN || this == REFUSED ? plan.outage() : plan.measure();
    }
}
