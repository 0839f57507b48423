package io.foundling.topology.ledger;

import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.silence.Silences;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.task.BusyTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The walk through the subjects of a source that has become silent, or was heard again, page by page (rule T28). The
 * next life of the task begins it anew. For the stream thread of the ledger task.
 */
final class SilenceWalk {

    /** How many keys are read at once. */
    private static final int PAGE = 100;

    private final LedgerStore store;
    private final Silences silences;
    private final BusyTime busy;
    private final int maxSubjects;
    private String source;
    /** The beginnings of the keys of the source, by kind, from the one under way. */
    private List<String> prefixes = List.of();

    private String through;

    SilenceWalk(LedgerStore store, Silences silences, BusyTime busy, int maxSubjects) {
        this.store = store;
        this.silences = silences;
        this.busy = busy;
        this.maxSubjects = maxSubjects;
    }

    boolean isUnderWay() {
        return !prefixes.isEmpty() || silences.isAnyToReview();
    }

    /**
     * Goes on with the walk, if one is under way.
     *
     * @param review looks at a subject
     */
    void run(Consumer<String> review) {
        if (!isUnderWay()) {
            return;
        }
        busy.begin();
        int left = maxSubjects;
        do {
            left -= page(Math.min(PAGE, left), review);
        } while (left > 0 && isUnderWay() && busy.isLeft());
    }

    private int page(int limit, Consumer<String> review) {
        if (prefixes.isEmpty()) {
            source = silences.nextToReview().orElseThrow();
            prefixes = prefixes(source);
            through = prefixes.get(0);
        }
        List<String> page = store.subjectsAfter(through, limit);
        Iterator<String> keys = page.iterator();
        int reviewed = 0;
        while (keys.hasNext() && (reviewed == 0 || busy.isLeft())) {
            String subjectKey = keys.next();
            if (!subjectKey.startsWith(prefixes.get(0))) {
                endPrefix();
                return reviewed;
            }
            review.accept(subjectKey);
            through = subjectKey;
            reviewed++;
        }
        if (page.isEmpty()) {
            endPrefix();
        }
        return reviewed;
    }

    private void endPrefix() {
        prefixes = prefixes.subList(1, prefixes.size());
        if (prefixes.isEmpty()) {
            silences.reviewed(source);
        } else {
            through = prefixes.get(0);
        }
    }

    private static List<String> prefixes(String source) {
        List<String> prefixes = new ArrayList<>();
        for (SubjectKind kind : SubjectKind.values()) {
            prefixes.add(kind.name().toLowerCase(Locale.ROOT) + '/' + SubjectKey.encode(source) + '/');
        }
        return prefixes;
    }
}
