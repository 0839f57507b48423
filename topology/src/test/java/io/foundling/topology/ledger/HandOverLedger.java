package io.foundling.topology.ledger;

import static io.foundling.topology.harness.LedgerHarness.START;

import io.foundling.audit.Disposition;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A ledger that expects an extracted record to be parsed. */
abstract class HandOverLedger {

    static final Duration HOUR = Duration.ofHours(1);
    static final String PARSED = "record/university/parse/r1";

    LedgerHarness ledger;

    HandOverLedger(LedgerSettings settings) {
        ledger = LedgerHarness.of(settings);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    static Instant minute(long minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    void extract(Events event, Instant at) {
        send(event.stage("extract"), at);
    }

    void parse(Events event, Instant at) {
        send(event.stage("parse"), at);
    }

    void send(Events event, Instant at) {
        if (at.isAfter(ledger.now())) {
            ledger.wallReaches(at);
        }
        ledger.send(event.at(at), at);
    }

    Disposition parsed() {
        return ledger.dispositions().get(PARSED);
    }
}
