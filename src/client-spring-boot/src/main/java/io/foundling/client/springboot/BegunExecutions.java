package io.foundling.client.springboot;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts of executions that have begun and not ended. Executions are distinguished by identity, because Spring Batch
 * calls two of them equal when their ids are, and two repositories give the same ids. One that never ends is kept as long
 * as Spring Batch keeps it. Any thread.
 */
final class BegunExecutions {

    private final Map<Identity, Integer> attempts = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();

    void put(Object execution, int attempt) {
        for (Reference<?> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            attempts.remove(gone);
        }
        attempts.put(new Identity(execution, forgotten), attempt);
    }

    /** Removes an execution and returns its attempt. */
    Optional<Integer> take(Object execution) {
        return Optional.ofNullable(attempts.remove(new Identity(execution, null)));
    }

    private static final class Identity extends WeakReference<Object> {

        private final int hash;

        Identity(Object execution, ReferenceQueue<Object> forgotten) {
            super(execution, forgotten);
            hash = System.identityHashCode(execution);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Identity identity && get() != null && get() == identity.get();
        }
    }
}
