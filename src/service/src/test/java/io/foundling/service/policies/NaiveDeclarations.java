package io.foundling.service.policies;

import io.foundling.service.it.rig.DeclarationLine;
import io.foundling.service.it.rig.DeclarationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads from the lines of the log, without any of the rules' code, which declarations waited for approvals or for the
 * payment run for too long. A declaration that is handed in again after it was rejected or paid begins anew; one that is
 * handed in again though it is waiting, after its time was up, is a restart. Long after its end it is forgotten.
 */
final class NaiveDeclarations {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long ALLOWED_LAG_MS = 5_000;
    private static final long MAX_SKEW_MS = 300_000;
    private static final Duration PAID_IS_KEPT = Duration.ofDays(1 + 7);
    private static final Duration REJECTED_IS_KEPT = Duration.ofDays(30 + 7);

    private final Map<String, List<DeclarationLine>> declarations = new LinkedHashMap<>();

    /** One time that a declaration is handed in, until it is paid or rejected: what it was and when. */
    private record Round(int number, List<Step> steps) {

        Optional<Step> end() {
            return steps.stream().filter(step -> step.rank() == 3).findFirst();
        }

        long latestEndMs() {
            return steps.stream()
                    .filter(step -> step.rank() == 3)
                    .mapToLong(Step::atMs)
                    .max()
                    .orElse(NEVER);
        }

        boolean isPaid() {
            return end().map(step -> step.what().equals("PAID")).orElse(false);
        }

        /** Retention, and then memory, count from the first end. */
        boolean isForgottenAt(long timeMs) {
            Duration kept = isPaid() ? PAID_IS_KEPT : REJECTED_IS_KEPT;
            return end().map(end -> timeMs - end.atMs() > kept.toMillis()).orElse(false);
        }

        boolean has(String what) {
            return steps.stream().anyMatch(step -> step.what().equals(what));
        }
    }

    /** @param rank in the order of a declaration's life: saved, handed in, payment requested, paid or rejected */
    private record Step(String what, int rank, long atMs) {}

    NaiveDeclarations(DeclarationLog log) {
        for (DeclarationLine line : log.lines()) {
            declarations
                    .computeIfAbsent(line.declaration(), first -> new ArrayList<>())
                    .add(line);
        }
    }

    /**
     * Returns the limits of the warnings up to a time, by {@code key attempt status extension since}.
     *
     * @param approval how long a declaration may wait for approvals, and {@code payment} for the payment run
     */
    Map<String, Long> warnings(Duration approval, Duration payment, long untilMs) {
        Map<String, Long> warnings = new TreeMap<>();
        declarations.forEach((declaration, lines) -> {
            List<Round> rounds = rounds(lines);
            for (int number = 0; number < rounds.size(); number++) {
                long nextMs = number + 1 < rounds.size()
                        ? rounds.get(number + 1).steps().stream()
                                .mapToLong(Step::atMs)
                                .min()
                                .orElseThrow()
                        : NEVER;
                String key = "record/university/declaration/" + declaration.replace(" ", "%20") + ' '
                        + rounds.get(number).number();
                add(warnings, key + " DEFERRED ", rounds.get(number), "HANDED_IN", approval, nextMs, untilMs);
                add(warnings, key + " PENDING ", rounds.get(number), "REQUESTED", payment, nextMs, untilMs);
            }
        });
        return warnings;
    }

    private static void add(
            Map<String, Long> warnings,
            String key,
            Round round,
            String what,
            Duration window,
            long nextMs,
            long untilMs) {
        List<Step> waits =
                round.steps().stream().filter(step -> step.what().equals(what)).toList();
        if (waits.isEmpty()) {
            return;
        }
        int rank = waits.get(0).rank();
        long leftMs = round.steps().stream()
                .filter(step -> step.rank() > rank)
                .mapToLong(Step::atMs)
                .min()
                .orElse(NEVER);
        leftMs = Math.min(leftMs, nextMs);
        int extension = 0;
        long sinceMs = waits.get(0).atMs();
        long limitMs = waits.get(0).atMs() + window.toMillis();
        boolean isRepeatedInTime = false;
        for (Step again : waits.subList(1, waits.size())) {
            if (again.atMs() <= limitMs) {
                isRepeatedInTime = true;
            } else if (!isRepeatedInTime && again.atMs() < leftMs) {
                add(warnings, key + extension++ + ' ' + sinceMs, limitMs, untilMs);
                sinceMs = again.atMs();
                limitMs = again.atMs() + window.toMillis();
            }
        }
        if (leftMs > limitMs) {
            add(warnings, key + extension + ' ' + sinceMs, limitMs, untilMs);
        }
    }

    /** A ledger knows at its end what happened up to {@code allowedLag} before. */
    private static void add(Map<String, Long> warnings, String key, long limitMs, long untilMs) {
        if (limitMs < untilMs - ALLOWED_LAG_MS) {
            warnings.put(key, limitMs);
        }
    }

    private static List<Round> rounds(List<DeclarationLine> lines) {
        List<Round> rounds = new ArrayList<>();
        Round round = new Round(1, new ArrayList<>());
        rounds.add(round);
        for (DeclarationLine line : lines) {
            Step step = step(line);
            if (step == null) {
                continue;
            }
            if (round.isForgottenAt(step.atMs()) || step.rank() < 3 && isAnew(round, step)) {
                int number = round.isForgottenAt(step.atMs()) ? 1 : round.number() + 1;
                round = new Round(number, new ArrayList<>());
                rounds.add(round);
            }
            round.steps().add(step);
        }
        return rounds;
    }

    private static boolean isAnew(Round round, Step step) {
        long endMs = round.latestEndMs();
        if (endMs == NEVER) {
            return false;
        }
        long distanceMs;
        if (round.has(step.what())) {
            distanceMs = round.isPaid() ? ALLOWED_LAG_MS : 0;
        } else {
            distanceMs = round.isPaid() ? MAX_SKEW_MS : ALLOWED_LAG_MS;
        }
        return step.atMs() - endMs > distanceMs;
    }

    private static Step step(DeclarationLine line) {
        long atMs = line.occurredAtMs();
        String activity = line.activity();
        if (activity.contains(" SAVED ")) {
            return new Step("SAVED", 0, atMs);
        } else if (activity.contains(" SUBMITTED ")) {
            return new Step("HANDED_IN", 1, atMs);
        } else if (activity.equals("Request Payment")) {
            return new Step("REQUESTED", 2, atMs);
        } else if (activity.equals("Payment Handled")) {
            return new Step("PAID", 3, atMs);
        }
        return activity.contains(" REJECTED ") ? new Step("REJECTED", 3, atMs) : null;
    }
}
