package io.foundling.topology.task;

import io.foundling.schemas.SubjectKey;
import io.foundling.topology.store.NameLimit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the subjects whose limit the clock has passed and that wait for the delay of their source. It remembers the
 * first 100,000 of a task, by eight bytes each, and those that were looked at since the task started: a figure for
 * people, on which nothing depends. For the stream thread of the ledger task.
 */
public final class HeldSubjects {

    private static final int MAX_SUBJECTS = 100_000;

    /** In place of a source: those that have none of their own. */
    private static final String OTHERS = "";

    private final NameLimit names;
    private final Map<String, Set<Long>> bySource = new HashMap<>();
    private int size;

    /** Counts by at most so many sources. */
    public HeldSubjects(NameLimit names) {
        this.names = names;
    }

    /** Takes over whether a subject is held. */
    public void follow(String subjectKey, boolean held) {
        if (!held && size == 0) {
            return;
        }
        String source = SubjectKey.parse(subjectKey).getSource();
        if (!held) {
            remove(source, hash(subjectKey));
            remove(OTHERS, hash(subjectKey));
        } else if (size < MAX_SUBJECTS && subjects(source).add(hash(subjectKey))) {
            size++;
        }
    }

    private void remove(String source, long hash) {
        Set<Long> subjects = bySource.get(source);
        if (subjects != null && subjects.remove(hash)) {
            size--;
            bySource.remove(source, Set.of());
        }
    }

    private Set<Long> subjects(String source) {
        Set<Long> subjects = bySource.get(source);
        if (subjects != null) {
            return subjects;
        }
        // While any is held among the others, this one may be.
        boolean isNamed =
                names.admits(NameLimit.Use.HELD_SUBJECTS, bySource.size(), source) && !bySource.containsKey(OTHERS);
        return bySource.computeIfAbsent(isNamed ? source : OTHERS, none -> new HashSet<>());
    }

    /** Returns how many are held, by source. */
    public Map<String, Long> bySource() {
        Map<String, Long> counts = new HashMap<>();
        bySource.forEach((source, subjects) -> counts.put(source, (long) subjects.size()));
        return counts;
    }

    /** FNV-1a of 64 bits. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
