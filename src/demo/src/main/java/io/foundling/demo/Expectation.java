package io.foundling.demo;

import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Group;
import io.foundling.topology.ledger.DeadLetterReason;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up what a ledger must make of everything the pipeline does. */
final class Expectation {

    private final SortedMap<String, Long> figures = new TreeMap<>();
    private final SortedMap<String, Status> orphans = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> alerts = new TreeMap<>();

    synchronized void batch() {
        add(PipelineResult.SUBJECTS);
        add(PipelineResult.COMPLETED);
        add(PipelineResult.SETTLED);
    }

    /** A scope goes stale and a check of it fails, and both are mended. */
    synchronized void scope() {
        add(PipelineResult.SUBJECTS);
        add(PipelineResult.STATE_ALERTS);
        add(PipelineResult.STATE_ALERTS);
    }

    /** A load counts far less than before, and then as much as ever. */
    synchronized void volume() {
        add(PipelineResult.SUBJECTS);
        add(PipelineResult.COMPLETED);
        add(PipelineResult.STATE_ALERTS);
    }

    /** A source falls silent, and its only subject comes back after its deadline. */
    synchronized void silence(String key) {
        add(PipelineResult.SUBJECTS);
        add(PipelineResult.COMPLETED);
        warning(key, Status.DEFERRED, Story.LATE);
        add(PipelineResult.STATE_ALERTS);
    }

    /** One of two files is handed over; that the other one is not is seen although nobody reports it. */
    synchronized void handOvers() {
        HandOverPlay.COMPLETED.forEach(completed -> {
            add(PipelineResult.SUBJECTS);
            add(PipelineResult.COMPLETED);
        });
        String key = SubjectKey.of(HandOverPlay.NEVER_BEGAN);
        add(PipelineResult.SUBJECTS);
        add(PipelineResult.WARNINGS);
        orphans.put(key, Status.EXPECTED);
        Group orphaned =
                Group.of(AlertType.ORPHANED, HandOverPlay.NEVER_BEGAN.getSource(), HandOverPlay.NEVER_BEGAN.getStage());
        alerts.put(orphaned.key(), new TreeSet<>(Set.of(key)));
    }

    synchronized void record(String key, String batchKey, Story story) {
        add(PipelineResult.SUBJECTS);
        if (story.completes()) {
            add(PipelineResult.COMPLETED);
        }
        if (story.isMember()) {
            member(key, batchKey, story);
        }
        story.warnedIn().ifPresent(status -> warning(key, status, story));
        story.violation().ifPresent(this::violation);
        if (story == Story.REPORTED_TWICE) {
            add(PipelineResult.DUPLICATES);
        } else if (story == Story.RACED) {
            add(PipelineResult.OUT_OF_STEP);
        }
    }

    synchronized void event() {
        add(PipelineResult.EVENTS);
    }

    synchronized void violation(ViolationType type) {
        add(PipelineResult.VIOLATION + type);
    }

    synchronized void deadLetter(DeadLetterReason reason) {
        add(PipelineResult.EVENTS);
        add(PipelineResult.DEAD_LETTER + reason);
    }

    synchronized PipelineResult account() {
        return new PipelineResult(figures, orphans, alerts);
    }

    /** Every batch is closed once, so that its settlement is of attempt 1. */
    private void member(String key, String batchKey, Story story) {
        if (story.completes()) {
            add(PipelineResult.RETURNED);
            return;
        }
        add(PipelineResult.MISSING);
        alerts.computeIfAbsent(Group.settlement(batchKey, 1).key(), first -> new TreeSet<>())
                .add(key);
    }

    private void warning(String key, Status status, Story story) {
        add(PipelineResult.WARNINGS);
        if (story.recovers()) {
            add(PipelineResult.RECOVERED);
        } else if (story.isWithdrawn()) {
            add(PipelineResult.WITHDRAWN);
        } else {
            orphans.put(key, status);
        }
    }

    private void add(String figure) {
        figures.merge(figure, 1L, Long::sum);
    }
}
