package io.foundling.service.it.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what was published with what was expected; a failure shows some of the subjects that differ, not all. */
public final class LedgerAssertions {

    private static final int SHOWN = 5;

    private LedgerAssertions() {}

    /** Every record of every subject, once and in order: nothing lost, nothing twice, nothing withdrawn. */
    public static void assertExactlyOnce(PublishedLedger published, ExpectedLedger expected) {
        Map<String, List<Optional<NaiveView>>> dispositions = new TreeMap<>();
        expected.published()
                .forEach((key, views) ->
                        dispositions.put(key, views.stream().map(Optional::of).toList()));
        assertSame("dispositions", warnedInOneStep(published.dispositions()), dispositions);

        Map<String, List<String>> changes = new TreeMap<>();
        List<String> orphans = new ArrayList<>();
        expected.latest().forEach((key, view) -> {
            List<String> ofSubject = ExpectedLedger.changes(view);
            if (!ofSubject.isEmpty()) {
                changes.put(key, ofSubject);
            }
            if (ofSubject.stream()
                            .filter(change -> change.startsWith("ORPHANED"))
                            .count()
                    > ofSubject.stream()
                            .filter(change -> change.startsWith("RECOVERY"))
                            .count()) {
                orphans.add(key);
            }
        });
        assertSame("orphans", withoutUpdates(published.changes()), changes);
        assertThat(published.orphans()).as("orphans of now").isEqualTo(orphans);

        Map<String, Set<NaiveViolation>> violations = new TreeMap<>();
        published.violations().forEach((key, found) -> {
            violations.put(key, new HashSet<>(found));
            assertThat(found).as("violations of " + key).doesNotHaveDuplicates();
        });
        assertSame("violations", violations, expected.violations());
        assertThat(published.deadLetters()).as("dead letters").isZero();
    }

    /** Conservation: known = awaiting + outcomes + retired + removed, and the same as on the topics. */
    public static void assertConservation(Collection<ServiceProcess> instances, ExpectedLedger expected) {
        Map<String, Long> buckets = new TreeMap<>();
        for (ServiceProcess instance : instances) {
            MetricsPage page = instance.metrics();
            for (String bucket : List.of("awaiting", "outcomes", "retired", "removed")) {
                buckets.merge(bucket, page.sum("foundling_subjects", Map.of("bucket", bucket)), Long::sum);
            }
            buckets.merge("known", page.sum("foundling_known_subjects"), Long::sum);
        }
        long known = expected.published().size();
        assertThat(buckets)
                .containsEntry("known", known)
                .containsEntry("awaiting", expected.awaiting())
                .containsEntry("outcomes", known - expected.awaiting())
                .containsEntry("retired", 0L)
                .containsEntry("removed", 0L);
    }

    /** As the delay of a replayed source ends step by step, the warnings of a subject can come one after another. */
    private static Map<String, List<Optional<NaiveView>>> warnedInOneStep(
            Map<String, List<Optional<NaiveView>>> published) {
        Map<String, List<Optional<NaiveView>>> kept = new TreeMap<>();
        published.forEach((key, views) -> {
            List<Optional<NaiveView>> ofSubject = new ArrayList<>();
            for (int i = 0; i < views.size(); i++) {
                if (i + 1 == views.size() || !isStepTo(views.get(i), views.get(i + 1))) {
                    ofSubject.add(views.get(i));
                }
            }
            kept.put(key, ofSubject);
        });
        return kept;
    }

    private static boolean isStepTo(Optional<NaiveView> view, Optional<NaiveView> next) {
        return view.isPresent()
                && next.isPresent()
                && !view.get().warnings().isEmpty()
                && next.get().warnings().size() > view.get().warnings().size()
                && next.get().warnings().containsAll(view.get().warnings())
                && next.get().history().equals(view.get().history())
                && next.get().metadata().equals(view.get().metadata())
                && next.get().lastOccurredAtMs() == view.get().lastOccurredAtMs();
    }

    /** After the recovery of one warning, another warning of the subject that is still active is published again. */
    private static Map<String, List<String>> withoutUpdates(Map<String, List<String>> changes) {
        Map<String, List<String>> kept = new TreeMap<>();
        changes.forEach((key, all) -> kept.put(
                key,
                all.stream().filter(change -> !change.startsWith("UPDATED")).toList()));
        return kept;
    }

    private static <T> void assertSame(String what, Map<String, T> actual, Map<String, T> expected) {
        Set<String> keys = new TreeSet<>(actual.keySet());
        keys.addAll(expected.keySet());
        List<String> different = keys.stream()
                .filter(key -> !Objects.equals(actual.get(key), expected.get(key)))
                .toList();
        assertThat(different.stream()
                        .limit(SHOWN)
                        .map(key ->
                                key + "%n  found    %s%n  expected %s".formatted(actual.get(key), expected.get(key)))
                        .toList())
                .as(what + " that differ: " + different.size() + " of " + keys.size())
                .isEmpty();
    }
}
