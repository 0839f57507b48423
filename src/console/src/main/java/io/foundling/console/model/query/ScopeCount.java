package io.foundling.console.model.query;

import java.util.Comparator;

/** How many declared scopes of a stage are classified in one way. */
public record ScopeCount(String source, String stage, Classification classification, long scopes) {

    static final Comparator<ScopeCount> ORDER = Comparator.comparing(ScopeCount::source)
            .thenComparing(ScopeCount::stage)
            .thenComparing(ScopeCount::classification);

    ScopeCount times(long more) {
        return new ScopeCount(source, stage, classification, scopes * more);
    }
}
