package io.foundling.topology.ledger;

import io.foundling.topology.store.NameLimit;
import io.foundling.topology.task.LedgerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports that a task counts names together, once for each use (rule B9). For the stream thread of the ledger task. */
final class NameReports {

    private static final Logger LOG = LoggerFactory.getLogger(NameReports.class);

    private final String task;
    private final int max;
    private final LedgerListener listener;

    NameReports(String task, int max, LedgerListener listener) {
        this.task = task;
        this.max = max;
        this.listener = listener;
    }

    /** Returns the limit whose use it reports. */
    NameLimit limit() {
        return new NameLimit(max, this::add);
    }

    private void add(NameLimit.Use use, String name) {
        listener.namesCountedTogether(use);
        LOG.atWarn()
                .addKeyValue("task", task)
                .addKeyValue("use", use)
                .addKeyValue("maxStages", max)
                .addKeyValue("name", name)
                .log(
                        "there are more than maxStages names of sources and stages; further ones are counted together, this"
                                + " one first; a producer may put a time or an id into a name");
    }
}
