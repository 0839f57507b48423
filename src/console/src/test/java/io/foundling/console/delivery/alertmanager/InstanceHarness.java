package io.foundling.console.delivery.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.console.delivery.Counts;
import io.foundling.console.delivery.FakeClock;
import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.MemoryProgress;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.SteadyClock;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** One instance of Alertmanager that is served, with a clock and a receiver of the test's own. */
abstract class InstanceHarness {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final FakeReceiver server = new FakeReceiver();
    final FakeClock clock = new FakeClock();
    final MemoryProgress progress = new MemoryProgress();
    final Counts counts = new Counts();
    StandingAlerts alerts = new StandingAlerts();
    Instance instance = instance();
    long dueMs;
    boolean mayServe = true;

    @AfterEach
    void stop() {
        server.close();
    }

    void restart() {
        alerts = new StandingAlerts();
        progress.written().values().forEach(alerts::restore);
        instance = instance();
        dueMs = 0;
    }

    Instance instance() {
        return instance(Duration.ofSeconds(60));
    }

    Instance instance(Duration within) {
        Endpoint endpoint = new Endpoint(server.uri(), Transport.open(within));
        Presentation shown = new Presentation("ledger", Optional.of("https://console/"));
        return new Instance(
                "alertmanager", endpoint, shown, alerts, counts, new SteadyClock(clock, () -> 0), () -> mayServe);
    }

    List<JsonNode> sent() {
        List<JsonNode> sent = new ArrayList<>();
        for (String body : server.bodies()) {
            try {
                sent.add(MAPPER.readTree(body));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return sent;
    }

    /** Does what is due until then, and at once what has changed. */
    void runFor(Duration time) throws InterruptedException {
        Instant end = clock.instant().plus(time);
        do {
            dueMs = instance.step();
            progress.write(alerts.unwritten());
            if (dueMs <= end.toEpochMilli()) {
                clock.isAt(Math.max(clock.millis(), dueMs));
            }
        } while (dueMs <= end.toEpochMilli());
        clock.isAt(end.toEpochMilli());
    }
}
