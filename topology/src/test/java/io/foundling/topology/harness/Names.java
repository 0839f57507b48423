package io.foundling.topology.harness;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.NameLimit;

/** Limits on the names that a task counts by, which report nothing. */
public final class Names {

    /** How many names there are by default. */
    public static final int DEFAULT = LedgerSettings.Retention.defaults().maxStages();

    private Names() {}

    /** Returns the default. */
    public static NameLimit limit() {
        return limit(DEFAULT);
    }

    /** Returns a limit of so many names. */
    public static NameLimit limit(int max) {
        return new NameLimit(max, (use, name) -> {});
    }
}
