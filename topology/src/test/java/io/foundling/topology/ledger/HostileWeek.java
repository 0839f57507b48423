package io.foundling.topology.ledger;

import static io.foundling.topology.harness.LedgerHarness.START;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;

import io.foundling.audit.Pending;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.Events;
import io.foundling.topology.harness.LedgerHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Producers that do everything that could make a store grow. Every 30 minutes: a job that is late in each run, and a
 * heartbeat. Every two hours: a batch of the same name, with members that come back, that come late and that never come;
 * retries without end, numbers far apart, names and parents that nobody knows, every kind of violation, events read again
 * after their subject was removed, and erasures. Every day the task restarts. Each day does the same, so that what is
 * stored must not depend on how many days there were.
 */
final class HostileWeek {

    private static final Duration STEP = Duration.ofMinutes(30);
    private static final int STEPS_A_DAY = 48;
    private static final int STEPS_A_BATCH = 4;
    private static final int RETRIES = 4;
    private static final Duration LEASE = Duration.ofMinutes(45);

    private final LedgerHarness ledger;
    private final List<Events> sent = new ArrayList<>();
    private int step;
    private int number;

    HostileWeek(LedgerHarness ledger) {
        this.ledger = ledger;
    }

    /** Lives through days of it. */
    void live(int days) {
        for (int i = 0; i < days * STEPS_A_DAY; i++) {
            live();
        }
    }

    /** Ends all work that is still awaited. */
    void end() {
        ledger.bothReach(ledger.now().plus(STEP));
        send(Events.completed("job").kind(SubjectKind.SCOPE).at(ledger.now()));
        send(Events.completed("heartbeat").at(ledger.now()));
        send(Events.completed("steady").at(ledger.now()));
        send(Events.cancelled("retried").at(ledger.now()));
        send(Events.cancelled("numbered").attempt(number + 1).at(ledger.now()));
        send(Events.completed("batch").kind(SubjectKind.BATCH).at(ledger.now()));
        send(Events.retired("scope").kind(SubjectKind.SCOPE).at(ledger.now()));
        for (int run = 0; run <= step / STEPS_A_BATCH; run++) {
            send(Events.cancelled("lost-" + run).at(ledger.now()));
        }
    }

    /** Lets time go by without any event. */
    void idle(Duration duration) {
        Instant until = ledger.now().plus(duration);
        while (ledger.now().isBefore(until)) {
            ledger.bothReach(ledger.now().plus(1, HOURS));
            settle();
        }
    }

    private void live() {
        Instant at = START.plus(STEP.multipliedBy(step));
        ledger.bothReach(at);
        lateJob(at);
        heartbeat(at);
        if (step % STEPS_A_BATCH == 0) {
            retries(at);
            invented(at);
            violations("violates-" + step, at);
            violations("contradicts-" + step, at);
            batch(step / STEPS_A_BATCH, at);
            sendAgain();
            settle();
        }
        if (step % STEPS_A_DAY == 25) {
            ledger.restart();
            ledger.bothReach(ledger.now().plus(1, MINUTES));
        }
        step++;
    }

    private void settle() {
        for (int i = 0; i < 5; i++) {
            ledger.bothReach(ledger.now().plusSeconds(2));
        }
    }

    private void send(Events event) {
        ledger.send(event);
    }

    private void keep(Events event) {
        sent.add(event);
        ledger.send(event);
    }

    /** Its last run ends now, after its limit, and the next one begins. */
    private void lateJob(Instant at) {
        if (step > 0) {
            keep(Events.completed("job").kind(SubjectKind.SCOPE).at(at));
        }
        keep(Events.opened("job").kind(SubjectKind.SCOPE).at(at.plusMillis(1)));
    }

    private void heartbeat(Instant at) {
        send(Events.opened("heartbeat").at(START));
        keep(Events.extended("heartbeat", at.plus(LEASE)).at(at));
        keep(Events.declared("scope").kind(SubjectKind.SCOPE).at(at));
    }

    /** Nobody ever says that it worked. */
    private void retries(Instant at) {
        for (int i = 0; i < RETRIES; i++) {
            Instant begunAt = at.plus(i, MINUTES);
            keep(Events.pending("retried").at(begunAt).parent("retries-" + step + '-' + i));
            keep(Events.retrying("retried").at(begunAt.plusSeconds(5)));
            number += 7;
            keep(Events.deferred("numbered").attempt(number).at(begunAt).parent("attempt-" + number));
        }
    }

    private void invented(Instant at) {
        Subject unknown = new Subject(SubjectKind.EXPORT, "invented-" + step, "export", "never closes");
        String source = "invented-" + step;
        keep(Events.deferred("r1").source(source).stage("s-" + step).at(at).parent(unknown));
        keep(Events.completed("r1")
                .source(source)
                .stage("s-" + step)
                .at(at.plusSeconds(1))
                .dropped(1));
        keep(Events.deferred("late").source(source).at(at.minus(1, HOURS)));
        keep(Events.completed("late").source(source).at(at.minus(59, MINUTES)));
        keep(Events.opened("").stage("without-id-" + step).at(at));
    }

    private void violations(String id, Instant at) {
        keep(Events.opened(id).at(at).attempt(20_000));
        keep(Events.opened(id).at(Instant.EPOCH));
        keep(Events.opened(id).at(at.plus(1, HOURS)));
        keep(Events.pending(id).at(at).dueAt(Instant.EPOCH).detail("x".repeat(2_000)));
        keep(Events.deferred(id).at(at.plusSeconds(1)).parent(new Subject(SubjectKind.UNKNOWN, "", "", "?")));
        keep(Events.completed(id).at(at.plusSeconds(2)));
        keep(Events.failed(id).at(at.plusSeconds(3)));
        keep(Events.completed(id).stage("invented-" + step).at(at).attempt(0));
        keep(Events.opened("x".repeat(2_000)).at(at));
        keep(Events.annotated("annotated-" + id).at(at).metadata("k".repeat(300), "v"));
        send(Events.opened("erased-" + id).at(at).parent("batch"));
        send(Events.erased("erased-" + id).at(at));
    }

    /** A batch runs again every two hours, under one name. */
    private void batch(int run, Instant at) {
        Subject batch = new Subject(SubjectKind.BATCH, Events.SOURCE, Events.STAGE, "batch");
        Pending submitted = new Pending(at, at, 0L, null, null, null, null, 5L);
        keep(Events.of("batch", submitted).kind(SubjectKind.BATCH).at(at));
        for (int i = 0; i < 3; i++) {
            keep(Events.deferred("m-" + run + '-' + i).parent(batch).at(at.plusSeconds(1)));
            keep(Events.completed("m-" + run + '-' + i).at(at.plusSeconds(2)));
        }
        keep(Events.deferred("steady").parent(batch).at(at.plusSeconds(1)));
        keep(Events.completed("steady").parent(batch).at(at.plusSeconds(9)));
        keep(Events.deferred("lost-" + run).parent(batch).at(at.plusSeconds(1)));
        keep(Events.completed("batch").kind(SubjectKind.BATCH).at(at.plusSeconds(30)));
        keep(Events.opened("batch").kind(SubjectKind.BATCH).at(at.plusSeconds(40)));
        keep(Events.failed("batch").kind(SubjectKind.BATCH).at(at.plusSeconds(50)));
        if (run >= 2) {
            keep(Events.completed("late-comer-" + run).parent(batch).at(at.minus(90, MINUTES)));
            keep(Events.failed("lost-" + (run - 2)).at(at.plusSeconds(40)));
        }
    }

    /** Reads some events again: of just now, and of some hours ago, when their subjects have been removed. */
    private void sendAgain() {
        for (int back : new int[] {3, 80, 140}) {
            if (sent.size() > back) {
                ledger.send(sent.get(sent.size() - back));
            }
        }
    }
}
