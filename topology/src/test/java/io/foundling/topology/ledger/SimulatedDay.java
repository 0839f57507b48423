package io.foundling.topology.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * A day of many small stories, each of which says beforehand what must become of it: promises that are kept, kept late,
 * extended, tried again, or written off after half an hour, batches that miss members, and what no honest producer
 * sends. What happens when is drawn from a seed.
 */
final class SimulatedDay {

    private static final Duration STEP = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MEMBERS = 4;

    /** More than a task counts by name (rule L19). */
    private static final int INVENTED_AT_FIRST = 1_100;

    private static final List<String> KEPT_LATE = List.of("ORPHANED", "RECOVERY");

    private final LedgerHarness ledger;
    private final Random random = new Random(15);
    private final PriorityQueue<Later> agenda = new PriorityQueue<>();
    private final Map<String, List<String>> warnings = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    private int deadLetters;
    private int stories;
    private int events;

    /** Something that happens later; in the order in which it was planned if at the same time. */
    private record Later(Instant at, int order, Runnable action) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Integer.compare(order, other.order);
        }
    }

    SimulatedDay(LedgerHarness ledger) {
        this.ledger = ledger;
    }

    /** Lives until then, with new stories in every step. */
    void liveUntil(Instant end) {
        if (stories == 0) {
            tell(ledger.now());
            for (int i = 1; i <= INVENTED_AT_FIRST; i++) {
                send(Events.completed("invented").source("invented-first-" + i).at(ledger.now()));
            }
        }
        while (ledger.now().isBefore(end)) {
            step();
            tell(ledger.now());
        }
    }

    /** Begins no more stories, and lives until all have ended. */
    void end() {
        while (!agenda.isEmpty()) {
            step();
        }
        Instant end = ledger.now().plus(LONG);
        while (ledger.now().isBefore(end)) {
            step();
        }
    }

    int events() {
        return events;
    }

    /** Returns the changes of warnings that must have been published, by subject key. */
    Map<String, List<String>> warnings() {
        return warnings;
    }

    /** Returns how many members are missing in the end, by settlement key. */
    Map<String, Integer> missing() {
        return missing;
    }

    int deadLetters() {
        return deadLetters;
    }

    private void step() {
        Instant next = ledger.now().plus(STEP);
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(next)) {
            Later due = agenda.poll();
            if (due.at().isAfter(ledger.now())) {
                ledger.bothReach(due.at());
            }
            due.action().run();
        }
        if (next.isAfter(ledger.now())) {
            ledger.bothReach(next);
        }
    }

    private void tell(Instant now) {
        int n = ++stories;
        kept("kept-" + n, now);
        switch (n % 6) {
            case 0 -> keptLate("late-" + n, now);
            case 1 -> triedAgain("retried-" + n, now);
            case 2 -> extended("extended-" + n, now);
            case 3 -> batch("batch-" + n, now, n % 4);
            case 4 -> writtenOff("lost-" + n, now);
            default -> hostile(n, now);
        }
    }

    private void kept(String id, Instant now) {
        Events promise = Events.deferred(id).at(now).dueAt(now.plus(LONG));
        send(promise);
        Instant kept = within(now, LONG);
        later(kept, () -> send(Events.completed(id).at(kept)));
        later(kept.plusSeconds(1), () -> send(promise));
    }

    private void keptLate(String id, Instant now) {
        warnings.put(Events.key(id), KEPT_LATE);
        send(Events.deferred(id).at(now).dueAt(now.plus(SOON)));
        Instant kept = within(now.plus(SOON), LONG).plusSeconds(10);
        later(kept, () -> send(Events.completed(id).at(kept)));
    }

    private void triedAgain(String id, Instant now) {
        send(Events.deferred(id).attempt(1).at(now).dueAt(now.plus(LONG)));
        send(Events.retrying(id).attempt(1).at(now.plusMillis(1)));
        Instant next = within(now, SOON);
        later(next, () -> send(Events.pending(id).attempt(2).at(next).dueAt(next.plus(LONG))));
        Instant kept = within(next, LONG);
        later(kept, () -> send(Events.completed(id).attempt(2).at(kept)));
    }

    private void extended(String id, Instant now) {
        send(Events.deferred(id).at(now).dueAt(now.plus(LONG)));
        Instant end = now.plus(LONG.multipliedBy(4));
        for (Instant at = now.plusSeconds(60); at.isBefore(end); at = at.plusSeconds(120)) {
            Instant then = at;
            later(then, () -> send(Events.extended(id, then.plus(LONG)).at(then)));
        }
        later(end, () -> send(Events.completed(id).at(end)));
    }

    /** @param lost how many members miss the closing; the last of them comes back afterwards */
    private void batch(String id, Instant now, int lost) {
        send(Events.opened(id).kind(SubjectKind.BATCH).at(now));
        for (int i = 1; i <= MEMBERS; i++) {
            send(Events.deferred(id + '-' + i).parent(id).at(now));
        }
        Instant closed = now.plus(LONG);
        for (int i = lost + 1; i <= MEMBERS; i++) {
            String member = id + '-' + i;
            Instant kept = within(now, LONG.minus(SOON));
            later(kept, () -> send(Events.completed(member).parent(id).at(kept)));
        }
        Events outcome = Events.completed(id).kind(SubjectKind.BATCH).at(closed);
        later(closed, () -> send(outcome));
        later(closed.plusSeconds(1), () -> send(outcome));
        for (int i = 1; i <= lost; i++) {
            String member = id + '-' + i;
            warnings.put(Events.key(member), KEPT_LATE);
            Instant end = closed.plus(LONG.multipliedBy(2)).plusSeconds(i);
            boolean comesBack = i == lost;
            later(
                    end,
                    () -> send((comesBack ? Events.completed(member) : Events.cancelled(member))
                            .parent(id)
                            .at(end)));
        }
        // Written off or come back: in the end nobody is missing.
        missing.put("batch/university/declaration/" + id + "/1", 0);
    }

    private void writtenOff(String id, Instant now) {
        warnings.put(Events.key(id), KEPT_LATE);
        send(Events.deferred(id).at(now).dueAt(now.plus(SOON)));
        Instant end = now.plus(LONG.multipliedBy(3));
        later(end, () -> send(Events.cancelled(id).at(end)));
    }

    private void hostile(int n, Instant now) {
        byte[] key = Events.key("stray").getBytes(UTF_8);
        byte[] garbage = new byte[1 + random.nextInt(500)];
        random.nextBytes(garbage);
        garbage[0] = 7;
        ledger.sendBytes(key, garbage);
        ledger.sendBytes(
                key, ledger.encode(Events.completed("elsewhere-" + n).at(now).build()));
        ledger.sendBytes(key, null);
        deadLetters += 3;
        send(Events.completed("future-" + n).at(now.plus(Duration.ofDays(400))));
        send(Events.completed("ancient-" + n).at(Instant.EPOCH));
        send(Events.completed("laggard-" + n).source("laggard").at(now.minus(LONG)));
        send(Events.completed("invented").source("invented-" + n).at(now));
        send(Events.completed("huge-" + n).metadata("k", "x".repeat(100_000)).at(now));
        send(Events.completed("torn-" + n).attempt(1).at(now));
        send(Events.failed("torn-" + n).attempt(1).at(now.plusMillis(1)));
    }

    private Instant within(Instant from, Duration length) {
        return from.plusMillis(1_000 + (long) (random.nextDouble() * (length.toMillis() - 2_000)));
    }

    private void later(Instant at, Runnable action) {
        agenda.add(new Later(at, ++events, action));
    }

    private void send(Events event) {
        events++;
        ledger.send(event);
    }
}
