package io.foundling.topology.store.compact;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactTime;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.WaitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The attempts of which facts are no longer kept. */
final class CollapsedForm {

    /** Version 4 kept only whether a scope was declared. */
    private static final int DECLARED = 1;

    /** Since version 5: what follows is what {@link #IS_DECLARED} and {@link #HAS_END} say. */
    private static final int IN_FULL = 4;

    private static final int IS_DECLARED = 1;
    private static final int HAS_END = 2;

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
        write(collapsed.scope(), out);
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
        int code = in.whole();
        Optional<CollapsedScope> scope = code < IN_FULL ? Optional.empty() : Optional.of(scope(code, in));
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
                throughAttempt,
                end,
                firstOccurredAtMs,
                lastOccurredAtMs,
                scope.orElseGet(() -> ofVersion4(code, firstOccurredAtMs, history)),
                history,
                waits,
                former);
    }

    private static void write(CollapsedScope scope, CompactWriter out) throws IOException {
        boolean isDeclared = scope.declaration().isInForce();
        boolean hasEnd = scope.end().exists();
        out.number(IN_FULL + (isDeclared ? IS_DECLARED : 0) + (hasEnd ? HAS_END : 0));
        if (isDeclared) {
            out.time(scope.declaration().sinceMs());
            out.number(scope.declaration().maxAgeMs());
        }
        if (hasEnd) {
            out.constant(Codes.STATUSES, scope.end().status());
            out.time(scope.end().atMs());
        }
    }

    private static CollapsedScope scope(int code, CompactReader in) throws IOException {
        int has = code - IN_FULL;
        if (has > IS_DECLARED + HAS_END) {
            throw new IllegalStateException("what is known of a scope has the unknown code " + code);
        }
        Declaration declaration = (has & IS_DECLARED) == 0 ? Declaration.NONE : new Declaration(in.time(), in.number());
        RunEnd end = (has & HAS_END) == 0 ? RunEnd.NONE : new RunEnd(in.constant(Codes.STATUSES), in.time());
        return new CollapsedScope(declaration, end);
    }

    private static CollapsedScope ofVersion4(int code, long firstOccurredAtMs, List<AttemptSpan> history) {
        if (code > DECLARED) {
            throw new IllegalStateException("a declaration has the unknown code " + code);
        }
        Declaration declaration =
                code == DECLARED ? new Declaration(firstOccurredAtMs, Fact.NOT_SAID) : Declaration.NONE;
        return new CollapsedScope(declaration, RunEnd.of(history));
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
