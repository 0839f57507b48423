package io.foundling.topology.reconciliation;

/**
 * What is stored of the checks of one scope.
 *
 * @param readAtMs wall time at which the last of them was read
 * @param indexedAtMs the time of its entry in the expiry index; {@link Long#MAX_VALUE} if it has none
 */
record StoredScope(Results results, long readAtMs, long indexedAtMs) {

    static final StoredScope NONE = new StoredScope(Results.NONE, Long.MIN_VALUE, Long.MAX_VALUE);

    /** Returns the same once its entry in the expiry index came up, which deletes that. */
    StoredScope notIndexed() {
        return new StoredScope(results, readAtMs, Long.MAX_VALUE);
    }
}
