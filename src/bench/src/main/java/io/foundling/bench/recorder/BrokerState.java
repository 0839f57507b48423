package io.foundling.bench.recorder;

import java.time.Duration;

/** The state of the broker while calls are measured. */
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

    /** Brings a working broker into this state; SLOW is a separate broker. */
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
