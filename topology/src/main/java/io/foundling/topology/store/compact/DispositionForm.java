package io.foundling.topology.store.compact;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.Metadata;
import io.foundling.topology.lifecycle.RetentionTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A disposition, with a bit for each part that most have not. Any change of what is written needs a new version of the
 * stored subject.
 */
public final class DispositionForm {

    private static final int COLLAPSED = 1;
    private static final int METADATA = 1 << 1;
    private static final int EMITTED = 1 << 2;
    private static final int REMOVED_OR_ENDED = 1 << 3;
    private static final int ALL = (1 << 4) - 1;

    private DispositionForm() {}

    /**
     * Writes a disposition. Times are to be measured from {@link Disposition#newestAppendedAtMs}, which is not written.
     */
    public static void write(Disposition state, CompactWriter out) throws IOException {
        RetentionTimes retention = state.retention();
        int parts = (state.collapsed().equals(Collapsed.NONE) ? 0 : COLLAPSED)
                | (state.metadata().values().isEmpty() ? 0 : METADATA)
                | (isAny(state.emitted()) ? EMITTED : 0)
                | (state.isRemoved() || state.isEnded() ? REMOVED_OR_ENDED : 0);
        out.number(parts);
        out.constant(Codes.STATUSES, state.status());
        out.number(state.attempt());
        out.time(retention.statusReadAtMs());
        out.number(state.facts().size());
        for (Fact each : state.facts()) {
            FactForm.write(each, out);
        }
        if (has(parts, COLLAPSED)) {
            CollapsedForm.write(state.collapsed(), out);
        }
        if (has(parts, METADATA)) {
            MetadataForm.write(state.metadata(), state.facts(), out);
        }
        if (has(parts, EMITTED)) {
            EmittedForm.write(state.emitted(), out);
        }
        if (has(parts, REMOVED_OR_ENDED)) {
            out.time(retention.removedAtMs());
            out.time(retention.endedAtMs());
        }
    }

    /** Reads a disposition whose times are measured from the append time of its newest event. */
    public static Disposition read(long newestAppendedAtMs, CompactReader in) throws IOException {
        int parts = in.whole();
        if ((parts & ~ALL) != 0) {
            throw new IllegalStateException("it has unknown parts");
        }
        Status status = in.constant(Codes.STATUSES);
        int attempt = in.whole();
        long statusReadAtMs = in.time();
        int count = in.count();
        List<Fact> facts = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            facts.add(FactForm.read(in));
        }
        Collapsed collapsed = has(parts, COLLAPSED) ? CollapsedForm.read(in) : Collapsed.NONE;
        Metadata metadata = has(parts, METADATA) ? MetadataForm.read(facts, in) : Metadata.NONE;
        Emitted emitted = has(parts, EMITTED) ? EmittedForm.read(in) : Disposition.NONE.emitted();
        RetentionTimes retention = has(parts, REMOVED_OR_ENDED)
                ? new RetentionTimes(statusReadAtMs, in.time(), in.time())
                : new RetentionTimes(
                        statusReadAtMs,
                        Disposition.NONE.retention().removedAtMs(),
                        Disposition.NONE.retention().endedAtMs());
        return new Disposition(facts, collapsed, status, attempt, metadata, emitted, newestAppendedAtMs, retention);
    }

    private static boolean isAny(Emitted emitted) {
        return !emitted.warnings().isEmpty()
                || !emitted.reported().isEmpty()
                || !emitted.endings().isEmpty();
    }

    private static boolean has(int parts, int part) {
        return (parts & part) != 0;
    }
}
