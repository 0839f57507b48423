package io.foundling.service.it.rig;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.naive.model.NaiveClocks;
import io.foundling.topology.lifecycle.naive.model.NaiveEvent;
import io.foundling.topology.lifecycle.naive.model.NaiveMoment;
import io.foundling.topology.lifecycle.naive.model.NaiveSettings;
import io.foundling.topology.lifecycle.naive.model.NaiveSubject;
import io.foundling.topology.lifecycle.naive.model.NaiveView;
import io.foundling.topology.lifecycle.naive.model.NaiveViolation;
import io.foundling.topology.lifecycle.naive.model.NaiveWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one uninterrupted run over a log must publish, by the naive rules: every disposition of a subject in the order of the
 * log, one more with its warnings when everything was read and no source is delayed any more, and its violations.
 *
 * @param published all dispositions of a subject, by subject key
 * @param violations by subject key; only subjects that have any
 */
public record ExpectedLedger(Map<String, List<NaiveView>> published, Map<String, Set<NaiveViolation>> violations) {

    private static final NaiveSettings SETTINGS =
            new NaiveSettings(Duration.ofHours(6).toMillis());
    private static final long MAX_SKEW_MS = Duration.ofMinutes(5).toMillis();
    private static final long ALLOWED_LAG_MS = Duration.ofSeconds(5).toMillis();
    private static final NaiveMoment WHEN_ALL_IS_READ = NaiveMoment.at(Long.MAX_VALUE - 1);

    public static ExpectedLedger of(DeclarationLog log) {
        Map<String, List<DeclarationLine>> bySubject = new LinkedHashMap<>();
        log.lines()
                .forEach(line -> bySubject
                        .computeIfAbsent(line.subjectKey(), key -> new ArrayList<>())
                        .add(line));
        Map<String, List<NaiveView>> published = new TreeMap<>();
        Map<String, Set<NaiveViolation>> violations = new TreeMap<>();
        bySubject.forEach((key, lines) -> {
            NaiveSubject subject = new NaiveSubject(SETTINGS.with(NaiveClocks.of(key, MAX_SKEW_MS, ALLOWED_LAG_MS)));
            published.put(key, publications(subject, lines));
            if (!subject.reportedViolations().isEmpty()) {
                violations.put(key, subject.reportedViolations());
            }
        });
        return new ExpectedLedger(published, violations);
    }

    private static List<NaiveView> publications(NaiveSubject subject, List<DeclarationLine> lines) {
        List<NaiveView> views = new ArrayList<>();
        for (DeclarationLine line : lines) {
            NaiveEvent event = line.event();
            subject.arrive(event, NaiveMoment.unset());
            if (event.fact().isPresent()) {
                subject.view().ifPresent(views::add);
            } else {
                addIfChanged(views, subject.view());
            }
        }
        subject.look(WHEN_ALL_IS_READ);
        addIfChanged(views, subject.view());
        return List.copyOf(views);
    }

    private static void addIfChanged(List<NaiveView> views, Optional<NaiveView> view) {
        view.filter(now -> views.isEmpty() || !views.get(views.size() - 1).equals(now))
                .ifPresent(views::add);
    }

    /** Returns the last disposition of every subject. */
    public Map<String, NaiveView> latest() {
        Map<String, NaiveView> latest = new TreeMap<>();
        published.forEach((key, views) -> latest.put(key, views.get(views.size() - 1)));
        return latest;
    }

    public long warnings() {
        return latest().values().stream()
                .mapToLong(view -> view.warnings().size())
                .sum();
    }

    public long recoveries() {
        return latest().values().stream()
                .flatMap(view -> view.warnings().stream())
                .filter(warning -> warning.recoveredAtMs() != Times.NEVER)
                .count();
    }

    public long awaiting() {
        return latest().values().stream().filter(view -> awaits(view.status())).count();
    }

    /** Returns what must be on audit.orphans about a subject, in the order of its warnings. */
    public static List<String> changes(NaiveView view) {
        List<String> changes = new ArrayList<>();
        for (NaiveWarning warning : view.warnings()) {
            changes.add("ORPHANED " + warning.attempt() + " " + warning.status());
            if (warning.recoveredAtMs() != Times.NEVER) {
                changes.add("RECOVERY " + warning.attempt() + " " + warning.status());
            }
        }
        return changes;
    }

    public static boolean awaits(Status status) {
        return switch (status) {
            case EXPECTED, OPEN, DEFERRED, PENDING, RETRYING -> true;
            default -> false;
        };
    }
}
