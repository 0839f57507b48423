package io.foundling.topology.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What must hold after every scenario: in each source and stage known = awaiting + outcomes + retired + removed, as
 * stored, as reported to the listener and as the dispositions topic shows it; and the orphans of now are the subjects
 * with an active warning, and as many as the tallies say. Proves rules L19 and T17.
 */
final class Conservation {

    private static final byte TALLY = 0x04;
    private static final String OTHERS = "/";

    private final LedgerHarness harness;

    Conservation(LedgerHarness harness) {
        this.harness = harness;
    }

    void check() {
        Map<String, Map<String, Long>> stored = stored();
        stored.forEach((stage, tally) -> assertThat(tally.get("known"))
                .as("known in %s: %s", stage, tally)
                .isEqualTo(
                        tally.get("awaiting") + tally.get("outcomes") + tally.get("retired") + tally.get("removed")));
        assertThat(harness.listener().subjects())
                .as("tallies reported to the listener")
                .isEqualTo(stored);
        assertThat(published(stored.keySet()))
                .as("dispositions by source, stage and place")
                .isEqualTo(shown(stored));
        assertThat(harness.orphans().keySet()).as("orphans of now").isEqualTo(warned());
        assertThat(counted()).as("orphans by source and stage").isEqualTo(orphans(stored.keySet()));
    }

    private Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>(harness.listener().orphans());
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    private Map<String, Long> orphans(Set<String> tallied) {
        Map<String, Long> orphans = new TreeMap<>();
        harness.orphans().values().stream()
                .filter(warning -> !warning.getUnknown())
                .forEach(warning -> {
                    Subject subject = warning.getSubject();
                    orphans.merge(stage(subject, tallied), 1L, Long::sum);
                });
        return orphans;
    }

    private Map<String, Map<String, Long>> stored() {
        Map<String, Map<String, Long>> tallies = new TreeMap<>();
        harness.store().contents().forEach((key, value) -> {
            if (key.get()[0] == TALLY) {
                String stage = new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8);
                tallies.put(stage.replace('\0', '/'), tally(ByteBuffer.wrap(value)));
            }
        });
        return tallies;
    }

    private static Map<String, Long> tally(ByteBuffer fields) {
        Map<String, Long> tally = new TreeMap<>();
        for (String field : new String[] {"known", "awaiting", "outcomes", "retired", "removed"}) {
            tally.put(field, fields.getLong());
        }
        return tally;
    }

    /** What of the tallies the dispositions topic must show: removed subjects are gone from it. */
    private static Map<String, Long> shown(Map<String, Map<String, Long>> stored) {
        Map<String, Long> shown = new TreeMap<>();
        stored.forEach((stage, tally) -> {
            for (String place : new String[] {"awaiting", "outcomes", "retired"}) {
                if (tally.get(place) != 0) {
                    shown.put(stage + ' ' + place, tally.get(place));
                }
            }
        });
        return shown;
    }

    private Map<String, Long> published(Set<String> tallied) {
        Map<String, Long> counted = new TreeMap<>();
        for (Disposition each : harness.dispositions().values()) {
            String stage = stage(each.getSubject(), tallied);
            boolean ended = each.getEndedWithParentAt() != null;
            counted.merge(stage + ' ' + (ended ? "outcomes" : place(each.getStatus())), 1L, Long::sum);
        }
        return counted;
    }

    /** What has no tally of its own counts with all others. */
    private static String stage(Subject subject, Set<String> tallied) {
        String stage = subject.getSource() + '/' + subject.getStage();
        return tallied.contains(stage) ? stage : OTHERS;
    }

    private static String place(Status status) {
        return switch (status) {
            case EXPECTED, OPEN, DEFERRED, PENDING, RETRYING -> "awaiting";
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> "outcomes";
            case RETIRED -> "retired";
            case UNKNOWN -> "unknown";
        };
    }

    private Set<String> warned() {
        Set<String> warned = new TreeSet<>();
        harness.dispositions().forEach((key, disposition) -> {
            if (disposition.getMarks().stream().anyMatch(mark -> mark.getRecoveredAt() == null)) {
                warned.add(key);
            }
        });
        return warned;
    }
}
