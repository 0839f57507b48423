package io.foundling.topology.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels that policies give a source and stage (rule A14): of each name, the first policy counts that applies. */
public final class StageLabels {

    private StageLabels() {}

    /** Returns the labels that alerts about orphans of this source and stage get of policies, apart from a severity. */
    public static Map<String, String> of(List<PolicyAlert> additions, String source, String stage) {
        Map<String, String> labels = new TreeMap<>();
        for (PolicyAlert added : additions) {
            if (added.fits(source, stage)) {
                added.labels().forEach(labels::putIfAbsent);
            }
        }
        return labels;
    }
}
