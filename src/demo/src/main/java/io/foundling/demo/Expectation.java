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
        add(Account.SUBJECTS);
        add(Account.COMPLETED);
        add(Account.SETTLED);
    }

    synchronized void record(String key, String batchKey, Story story) {
        add(Account.SUBJECTS);
        if (story.completes()) {
            add(Account.COMPLETED);
        }
        if (story.isMember()) {
            member(key, batchKey, story);
        }
        story.warnedIn().ifPresent(status -> warning(key, status, story));
        story.violation().ifPresent(this::violation);
        if (story == Story.REPORTED_TWICE) {
            add(Account.DUPLICATES);
        }
    }

    synchronized void event() {
        add(Account.EVENTS);
    }

    synchronized void violation(ViolationType type) {
        add(Account.VIOLATION + type);
    }

    synchronized void deadLetter(DeadLetterReason reason) {
        add(Account.EVENTS);
        add(Account.DEAD_LETTER + reason);
    }

    synchronized Account account() {
        return new Account(figures, orphans, alerts);
    }

    /** Every batch is closed once, so that its settlement is of attempt 1. */
    private void member(String key, String batchKey, Story story) {
        if (story.completes()) {
            add(Account.RETURNED);
            return;
        }
        add(Account.MISSING);
        alerts.computeIfAbsent(Group.settlement(batchKey, 1).key(), first -> new TreeSet<>())
                .add(key);
    }

    private void warning(String key, Status status, Story story) {
        add(Account.WARNINGS);
        if (story.recovers()) {
            add(Account.RECOVERED);
        } else if (story.isWithdrawn()) {
            add(Account.WITHDRAWN);
        } else {
            orphans.put(key, status);
        }
    }

    private void add(String figure) {
        figures.merge(figure, 1L, Long::sum);
    }
}
