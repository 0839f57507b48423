package io.foundling.schemas.failure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The chain of causes of a failure: a search in it, and the whole chain as a sentence. */
public final class Causes {

    private Causes() {}

    /** Returns the failure, its cause, the cause of that, and so on; empty for null. */
    public static List<Throwable> of(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** Returns the first of the chain that has a type. */
    public static <T> Optional<T> find(Throwable failure, Class<T> type) {
        return of(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** Returns the last of the chain: the failure itself if it has no cause. */
    public static Throwable deepest(Throwable failure) {
        List<Throwable> chain = of(failure);
        return chain.get(chain.size() - 1);
    }

    /** Returns the messages of the chain, each once. Kafka repeats a cause in the message of its wrapper. */
    public static String sentence(Throwable failure) {
        Set<String> sentences = new LinkedHashSet<>();
        for (Throwable cause : of(failure)) {
            boolean repeats =
                    cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage());
            if (cause.getMessage() != null && !repeats) {
                sentences.add(cause.getMessage());
            }
        }
        return String.join(": ", sentences);
    }
}
