package io.foundling.topology.ledger;

import io.foundling.topology.settings.PolicySet;
import io.foundling.topology.store.LedgerEntry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.PoliciesApplied;
import io.foundling.topology.task.BusyTime;
import io.foundling.topology.task.LedgerListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk through all subjects of a task after its policies have changed, page by page (rule T21). Its position is
 * stored, so that the next life of the task goes on. If the policies change during a walk, it begins anew. If they are as
 * before, a start costs one read, and a turn nothing.
 */
final class Retiming {

    private static final Logger LOG = LoggerFactory.getLogger(Retiming.class);

    /** How many keys are read at once. */
    private static final int PAGE = 100;

    private final String task;
    private final LedgerStore store;
    private final BusyTime busy;
    private final int maxSubjects;
    private final LedgerListener listener;
    private PoliciesApplied applied;
    private boolean isStored;
    private long visited;
    private long awaiting;
    private long retimed;

    Retiming(
            String task,
            LedgerStore store,
            BusyTime busy,
            int maxSubjects,
            PolicySet policies,
            LedgerListener listener) {
        this.task = task;
        this.store = store;
        this.busy = busy;
        this.maxSubjects = maxSubjects;
        this.listener = listener;
        long fingerprint = fingerprint(policies);
        Optional<PoliciesApplied> stored = store.policiesApplied().filter(each -> each.fingerprint() == fingerprint);
        isStored = stored.isPresent();
        applied = stored.orElseGet(() -> beginning(fingerprint));
    }

    private PoliciesApplied beginning(long fingerprint) {
        return new PoliciesApplied(
                fingerprint,
                Optional.of(PoliciesApplied.BEGINNING)
                        .filter(from -> !store.subjectsAfter(from, 1).isEmpty()));
    }

    /** Begins the walk anew if deadlines depend on what has changed. */
    void follow(PolicySet changed) {
        long fingerprint = fingerprint(changed);
        if (fingerprint != applied.fingerprint()) {
            applied = beginning(fingerprint);
            isStored = false;
            visited = 0;
            awaiting = 0;
            retimed = 0;
        }
    }

    /** A change of what a policy consists of changes the fingerprint, too, and costs one walk. */
    private static long fingerprint(PolicySet set) {
        String policies = set.policies().toString();
        String all = set.expectations().isEmpty() ? policies : policies + " " + set.expectations();
        byte[] text = all.getBytes(StandardCharsets.UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(text);
        return sum.getValue() << 32 | text.length;
    }

    boolean isUnderWay() {
        return applied.through().isPresent();
    }

    /** Whether the deadlines of a subject may still be those of former policies. */
    boolean isAhead(String subjectKey) {
        return isUnderWay() && subjectKey.compareTo(applied.through().get()) > 0;
    }

    /** Counts a subject whose deadlines have changed. */
    void retimed() {
        retimed++;
        listener.retimed();
    }

    /**
     * Goes on with the walk, if it is under way.
     *
     * @param load loads a subject, which computes its deadlines
     */
    void run(Function<String, LedgerEntry> load) {
        if (!isUnderWay()) {
            remember();
            return;
        }
        int left = maxSubjects;
        List<String> page = page(left);
        busy.begin();
        do {
            left -= load(page, load);
            page = isUnderWay() && left > 0 && busy.isLeft() ? page(left) : List.of();
        } while (!page.isEmpty());
        isStored = false;
        remember();
        if (!isUnderWay()) {
            LOG.info(
                    "task {} follows changed policies: since it started it looked at {} subjects, {} of them awaiting,"
                            + " and gave {} another deadline or grace",
                    task,
                    visited,
                    awaiting,
                    retimed);
        }
    }

    /** Stores by which policies deadlines are computed, before the first record that is read under them. */
    void remember() {
        if (!isStored) {
            store.policiesApplied(applied);
            isStored = true;
        }
    }

    private List<String> page(int left) {
        List<String> page = store.subjectsAfter(applied.through().orElseThrow(), Math.min(PAGE, left));
        if (page.isEmpty()) {
            applied = new PoliciesApplied(applied.fingerprint(), Optional.empty());
        }
        return page;
    }

    /** Loads the subjects of a page until its time is up, but at least one, and returns how many. */
    private int load(List<String> page, Function<String, LedgerEntry> load) {
        int loaded = 0;
        while (loaded < page.size() && (loaded == 0 || busy.isLeft())) {
            String subjectKey = page.get(loaded++);
            load(subjectKey, load);
            applied = new PoliciesApplied(applied.fingerprint(), Optional.of(subjectKey));
        }
        visited += loaded;
        return loaded;
    }

    private void load(String subjectKey, Function<String, LedgerEntry> load) {
        try {
            awaiting += load.apply(subjectKey).state().awaits() ? 1 : 0;
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            LOG.warn("a subject cannot be processed; its deadlines stay as they were", failure);
            listener.entryFailed();
        }
    }
}
