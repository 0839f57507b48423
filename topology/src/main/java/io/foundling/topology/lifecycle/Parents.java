package io.foundling.topology.lifecycle;

/** What is known of parents, by subject key. */
public interface Parents {

    /** Nothing is known of any parent. */
    Parents NONE = new Parents() {
        @Override
        public Closings of(String parentKey) {
            return Closings.UNKNOWN;
        }

        @Override
        public long heldUntilMs(String parentKey, int attempt) {
            return Long.MIN_VALUE;
        }
    };

    Closings of(String parentKey);

    /** Returns the moment that the clock must be past before a member is an orphan because this attempt closed. */
    long heldUntilMs(String parentKey, int attempt);
}
