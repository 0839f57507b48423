package io.foundling.topology.ledger;

import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/**
 * The rules failed on a record before anything of it was written: it becomes a dead letter, and the task goes on (rule
 * L2). A failure of the store is none, nor is a failure while something is written: both end the task.
 */
final class RulesFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    RulesFailure(RuntimeException cause) {
        super("the rules failed on this record: " + cause, cause);
    }

    /**
     * Has the rules decide. What they are asked must not have written anything by the time it can fail.
     *
     * @throws RulesFailure if they fail
     */
    static <T> T guard(Supplier<T> rules) {
        try {
            return rules.get();
        } catch (KafkaException storeFailure) {
            throw storeFailure;
        } catch (RuntimeException failure) {
            throw new RulesFailure(failure);
        }
    }

    /** Has the rules decide and write what they decided: they must not fail after their first write. */
    static void guard(Runnable rules) {
        guard(() -> {
            rules.run();
            return true;
        });
    }
}
