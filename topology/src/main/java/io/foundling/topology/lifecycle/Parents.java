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

    /** Returns until when no new warning is emitted because this attempt closed (rule P10). */
    long heldUntilMs(String parentKey, int attempt);
}
