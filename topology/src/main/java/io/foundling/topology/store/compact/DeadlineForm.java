package io.foundling.topology.store.compact;

import io.foundling.topology.lifecycle.Deadline;
import java.io.IOException;

/** A deadline, which may be none. */
final class DeadlineForm {

    private DeadlineForm() {}

    static void write(Deadline deadline, CompactWriter out) throws IOException {
        out.time(deadline.atMs());
        out.number(deadline.graceMs());
        out.text(deadline.rule());
    }

    static Deadline read(CompactReader in) throws IOException {
        return Deadline.of(in.time(), in.number(), in.text());
    }
}
