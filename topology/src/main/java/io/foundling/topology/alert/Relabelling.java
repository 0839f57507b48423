package io.foundling.topology.alert;

import io.foundling.topology.task.BusyTime;
import java.util.List;

/**
 * The walk of an alerts task through all its groups after the policies have changed, page by page: alerts that fire with
 * other labels than these give are to be looked at (rule A14). Its position is not stored, because a task that starts
 * reads all groups anyway. For the stream thread of the task.
 */
final class Relabelling {

    private final AlertStore store;
    private final BusyTime busy;
    private boolean isUnderWay;
    private String through = "";

    Relabelling(AlertStore store, BusyTime busy) {
        this.store = store;
        this.busy = busy;
    }

    /** Begins the walk, anew if it is under way. */
    void begin() {
        isUnderWay = true;
        through = "";
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    /**
     * Goes on with the walk, if it is under way, until its time is up, but by one group at least.
     *
     * @param limit how many groups it takes at most
     */
    void run(PolicyTexts texts, int limit, long nowMs) {
        if (!isUnderWay) {
            return;
        }
        List<String> page = store.groupsAfter(through, limit);
        busy.begin();
        for (int i = 0; i < page.size() && (i == 0 || busy.isLeft()); i++) {
            through = page.get(i);
            store.relabel(through, texts, nowMs);
        }
        isUnderWay = !page.isEmpty();
    }
}
