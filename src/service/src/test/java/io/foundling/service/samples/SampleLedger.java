package io.foundling.service.samples;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Settlement;
import io.foundling.service.config.ConfigReader;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a ledger holds two days after the events of a sample, which it read as they happened. */
final class SampleLedger {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Beside the policies of the page: outcomes stay, so that they can be looked at. */
    private static final String CONFIG = """
            kafka:
              bootstrap.servers: localhost:9092
            avro:
              schema.registry.url: http://localhost:8081
            retention:
              completed: 30d
              unsuccessful: 30d
            """;

    private SampleLedger() {}

    /** Returns a line for each subject and each settlement, and for each violation. */
    static List<String> lines(String policies, List<AuditEvent> events) {
        LedgerSettings settings =
                new ConfigReader(Map.of()).read("the block", CONFIG + policies).ledgerSettings(1, Set.of());
        List<AuditEvent> inOrder = events.stream()
                .sorted(Comparator.comparing(AuditEvent::getOccurredAt))
                .toList();
        try (LedgerHarness ledger =
                LedgerHarness.of(settings, inOrder.get(0).getOccurredAt().minus(SECOND))) {
            for (AuditEvent event : inOrder) {
                reach(ledger, event.getOccurredAt());
                ledger.sendBytes(LedgerHarness.key(event), ledger.encode(event));
            }
            Instant last = ledger.now();
            for (int hours = 1; hours <= 48; hours++) {
                reach(ledger, last.plus(Duration.ofHours(hours)));
            }
            return lines(ledger);
        }
    }

    private static void reach(LedgerHarness ledger, Instant time) {
        if (time.isAfter(ledger.now())) {
            ledger.bothReach(time);
        }
    }

    private static List<String> lines(LedgerHarness ledger) {
        List<String> lines = new ArrayList<>();
        Map<String, OrphanWarning> orphans = ledger.orphans();
        new TreeMap<>(ledger.dispositions())
                .forEach((key, disposition) -> lines.add(line(key, disposition, orphans.get(key))));
        new TreeMap<>(ledger.settlements()).values().forEach(settlement -> lines.add(line(settlement)));
        ledger.violations().forEach(violation -> lines.add("violation " + violation.getType()));
        ledger.deadLetters().forEach(letter -> lines.add("dead letter"));
        return lines;
    }

    private static String line(String key, Disposition disposition, OrphanWarning orphan) {
        String line = key + "  " + disposition.getStatus() + ", attempt " + disposition.getAttempt();
        return orphan == null ? line : line + ", ORPHAN by " + orphan.getRule();
    }

    private static String line(Settlement settlement) {
        String returned = new TreeMap<>(settlement.getReturned())
                .entrySet().stream()
                        .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                        .collect(Collectors.joining(", "));
        return "settlement of " + settlement.getParent().getId() + ": "
                + (returned.isEmpty() ? "none returned" : returned) + ", "
                + (settlement.getMissing().isEmpty() ? "none missing" : "missing " + settlement.getMissing());
    }
}
