package io.foundling.topology.store.compact;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.FactTime;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.WaitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The attempts of which facts are no longer kept. */
final class CollapsedForm {

    private CollapsedForm() {}

    static void write(Collapsed collapsed, CompactWriter out) throws IOException {
        out.number(collapsed.throughAttempt());
        CollapsedEnd end = collapsed.end();
        out.text(end.parent());
        out.constants(Codes.STATUSES, end.statuses());
        out.constants(Codes.FACT_TYPES, end.firstOutcome().map(Set::of).orElse(Set.of()));
        out.time(end.lastEndMs());
        out.number(end.begunAgain() ? 1 : 0);
        out.constants(Codes.STATUSES, end.quick());
        out.time(collapsed.firstOccurredAtMs());
        out.time(collapsed.lastOccurredAtMs());
        out.number(collapsed.declared() ? 1 : 0);
        out.number(collapsed.history().size());
        for (AttemptSpan each : collapsed.history()) {
            write(each, out);
        }
        out.number(collapsed.waits().size());
        for (Wait each : collapsed.waits()) {
            write(each, out);
        }
        out.number(collapsed.former().last());
        out.number(collapsed.former().shift());
        out.time(collapsed.former().lastMs());
    }

    static Collapsed read(CompactReader in) throws IOException {
        int throughAttempt = in.whole();
        CollapsedEnd end = end(in);
        long firstOccurredAtMs = in.time();
        long lastOccurredAtMs = in.time();
        boolean declared = in.whole() != 0;
        List<AttemptSpan> history = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            history.add(span(in));
        }
        List<Wait> waits = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            waits.add(waiting(in));
        }
        FormerNumbers former = new FormerNumbers(in.whole(), in.whole(), in.time());
        return new Collapsed(
                throughAttempt, end, firstOccurredAtMs, lastOccurredAtMs, declared, history, waits, former);
    }

    private static CollapsedEnd end(CompactReader in) throws IOException {
        String parent = in.text();
        Set<Status> statuses = in.constants(Codes.STATUSES, Status.class);
        Optional<FactType> firstOutcome =
                in.constants(Codes.FACT_TYPES, FactType.class).stream().findFirst();
        return new CollapsedEnd(
                parent, statuses, firstOutcome, in.time(), in.whole() != 0, in.constants(Codes.STATUSES, Status.class));
    }

    private static void write(AttemptSpan span, CompactWriter out) throws IOException {
        out.number(span.attempt());
        out.constant(Codes.STATUSES, span.status());
        out.time(span.startedAtMs());
        out.time(span.endedAtMs());
        out.number(span.repeatedAtMs().size());
        for (long each : span.repeatedAtMs()) {
            out.time(each);
        }
        out.text(span.parent());
        out.constant(Codes.ANNOUNCEMENTS, span.announcement());
    }

    private static AttemptSpan span(CompactReader in) throws IOException {
        int attempt = in.whole();
        Status status = in.constant(Codes.STATUSES);
        long startedAtMs = in.time();
        long endedAtMs = in.time();
        List<Long> repeatedAtMs = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            repeatedAtMs.add(in.time());
        }
        return new AttemptSpan(
                attempt, status, startedAtMs, endedAtMs, repeatedAtMs, in.text(), in.constant(Codes.ANNOUNCEMENTS));
    }

    private static void write(Wait wait, CompactWriter out) throws IOException {
        EmittedForm.write(wait.id(), out);
        out.time(wait.enteredAtMs());
        EmittedForm.write(wait.limit(), out);
        out.time(wait.given().occurredAtMs());
        out.time(wait.given().appendedAtMs());
        out.text(wait.waitingOn());
        out.time(wait.leftAtMs());
        out.number(wait.restarted() ? 1 : 0);
    }

    private static Wait waiting(CompactReader in) throws IOException {
        WaitId id = EmittedForm.waitId(in);
        long enteredAtMs = in.time();
        Limit limit = EmittedForm.limit(in);
        FactTime given = new FactTime(in.time(), in.time());
        FactTime entered = new FactTime(enteredAtMs, given.appendedAtMs());
        return new Wait(id, entered, limit, given, in.text(), in.time(), in.whole() != 0);
    }
}
