package io.foundling.console.policies;

import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.settings.PolicySet;
import java.util.Iterator;

/** What trials need of the process that they run in: its policies and its topics. Any thread. */
public interface TrialSite {

    /** Returns the policies in force now. */
    PolicySet inForce();

    /**
     * Reads policies, which must be right beside the other settings in force.
     *
     * @throws InvalidPoliciesException if they are not
     */
    PolicySet read(String yaml);

    /** Returns policies as {@link #read} reads them. */
    String written(PolicySet policies);

    /** Returns a sentence that says which policies are others; empty if none is. */
    String changes(PolicySet before, PolicySet after);

    /**
     * Opens the trail.
     *
     * @throws TrailNotReadException if it cannot be read
     */
    Trail open();

    /** A trail, in the order of append times, and under which settings a ledger reads it. */
    interface Trail extends Iterator<RecordedEvent>, AutoCloseable {

        /** Returns the settings with the policies in force now, and with as many partitions as the trail has. */
        LedgerSettings settings();

        /** Returns what is known of the trail beside its events, as far as it was read. */
        TrailFacts facts();

        @Override
        void close();
    }
}
