package io.foundling.console.policies;

/** Is asked again and again while a trial runs. It ends the trial by an exception of its own. For the thread of the trial. */
public interface TrialWatch {

    /** Never ends a trial. */
    TrialWatch NONE = new TrialWatch() {
        @Override
        public void goesOn() {
            // It may go on for ever.
        }

        @Override
        public void holds(long entries) {
            // It may hold any number.
        }
    };

    /** Called at least once for each minute of the trail. */
    void goesOn();

    /** Called every few hundred events with the number of entries and warnings that both ledgers hold, of about 300 bytes each. */
    void holds(long entries);
}
