package io.foundling.demo;

import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.account.Group;
import io.foundling.topology.ledger.DeadLetterReason;
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
