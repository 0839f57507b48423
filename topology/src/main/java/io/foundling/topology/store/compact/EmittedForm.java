package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Ending;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was emitted about a subject. */
final class EmittedForm {

    private static final int RESTARTED = 1;
    private static final int UNKNOWN = 2;

    private EmittedForm() {}

    static void write(Emitted emitted, CompactWriter out) throws IOException {
        out.number(emitted.warnings().size());
        for (Warning each : emitted.warnings()) {
            write(each, out);
        }
        out.number(emitted.reported().size());
        for (Violation.Identity each : emitted.reported()) {
            out.constant(Codes.VIOLATION_TYPES, each.type());
            out.number(each.attempt());
        }
        out.number(emitted.endings().size());
        for (Ending each : emitted.endings()) {
            out.text(each.parent());
            out.time(each.afterMs());
            out.time(each.atMs());
        }
    }

    static Emitted read(CompactReader in) throws IOException {
        List<Warning> warnings = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            warnings.add(warning(in));
        }
        Set<Violation.Identity> reported = new HashSet<>();
        for (int left = in.count(); left > 0; left--) {
            reported.add(new Violation.Identity(in.constant(Codes.VIOLATION_TYPES), in.whole()));
        }
        List<Ending> endings = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            endings.add(new Ending(in.text(), in.time(), in.time()));
        }
        return new Emitted(warnings, reported, endings);
    }

    private static void write(Warning warning, CompactWriter out) throws IOException {
        write(warning.id(), out);
        out.time(warning.enteredAtMs());
        write(warning.limit(), out);
        Emission emission = warning.emission();
        out.time(emission.detectedAtMs());
        out.time(emission.clockMs());
        out.number(emission.delayMs());
        out.time(emission.dueMs());
        out.time(emission.publishedMs());
        out.text(warning.waitingOn());
        out.time(warning.recoveredAtMs());
        out.number((warning.restarted() ? RESTARTED : 0) + (warning.unknown() ? UNKNOWN : 0));
    }

    private static Warning warning(CompactReader in) throws IOException {
        WaitId id = waitId(in);
        long enteredAtMs = in.time();
        Limit limit = limit(in);
        Emission emission = new Emission(in.time(), in.time(), in.number(), in.time(), in.time());
        String waitingOn = in.text();
        long recoveredAtMs = in.time();
        int flags = in.whole();
        return new Warning(
                id,
                enteredAtMs,
                limit,
                emission,
                waitingOn,
                recoveredAtMs,
                (flags & RESTARTED) != 0,
                (flags & UNKNOWN) != 0);
    }

    static void write(WaitId id, CompactWriter out) throws IOException {
        out.number(id.attempt());
        out.constant(Codes.STATUSES, id.status());
        out.number(id.extension());
    }

    static WaitId waitId(CompactReader in) throws IOException {
        return new WaitId(in.whole(), in.constant(Codes.STATUSES), in.whole());
    }

    static void write(Limit limit, CompactWriter out) throws IOException {
        out.constant(Codes.ORPHAN_REASONS, limit.reason());
        DeadlineForm.write(limit.deadline(), out);
        out.text(limit.closedParent());
    }

    static Limit limit(CompactReader in) throws IOException {
        return new Limit(in.constant(Codes.ORPHAN_REASONS), DeadlineForm.read(in), in.text());
    }
}
