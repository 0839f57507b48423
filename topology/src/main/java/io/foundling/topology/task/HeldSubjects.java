package io.foundling.topology.task;

import io.foundling.schemas.SubjectKey;
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

    private final Map<String, Set<Long>> bySource = new HashMap<>();
    private int size;

    /** Takes over whether a subject is held. */
    public void follow(String subjectKey, boolean held) {
        if (!held && size == 0) {
            return;
        }
        String source = SubjectKey.parse(subjectKey).getSource();
        Set<Long> subjects = bySource.get(source);
        if (!held) {
            if (subjects != null && subjects.remove(hash(subjectKey))) {
                size--;
                bySource.remove(source, Set.of());
            }
        } else if (size < MAX_SUBJECTS
                && bySource.computeIfAbsent(source, none -> new HashSet<>()).add(hash(subjectKey))) {
            size++;
        }
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
