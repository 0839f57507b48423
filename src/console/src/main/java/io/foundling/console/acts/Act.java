package io.foundling.console.acts;

import io.foundling.audit.Annotated;
import io.foundling.audit.Cancelled;
import io.foundling.audit.Erased;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator does to a subject, and the fact that reports it. */
public sealed interface Act {

    /** The names of all acts, in the API, on the command line and in metrics. */
    List<String> NAMES = List.of("extend", "cancel", "annotate", "erase", "expect");

    /** Returns one of {@link #NAMES}. */
    String name();

    /** Returns the body of the event. */
    Object body(String actor, String reason);

    /** Moves the deadline of what awaits. */
    record Extend(Instant until) implements Act {

        @Override
        public String name() {
            return "extend";
        }

        @Override
        public Object body(String actor, String reason) {
            return new Extended(until, null);
        }
    }

    /** Writes off what awaits. */
    record Cancel() implements Act {

        @Override
        public String name() {
            return "cancel";
        }

        @Override
        public Object body(String actor, String reason) {
            return new Cancelled(reason, actor);
        }
    }

    /** Adds metadata. */
    record Annotate(Map<String, String> metadata) implements Act {

        public Annotate {
            metadata = Map.copyOf(metadata);
        }

        @Override
        public String name() {
            return "annotate";
        }

        @Override
        public Object body(String actor, String reason) {
            return new Annotated();
        }
    }

    /** Has everything about a subject forgotten (rule R5). */
    record Erase() implements Act {

        @Override
        public String name() {
            return "erase";
        }

        @Override
        public Object body(String actor, String reason) {
            return new Erased(reason, actor);
        }
    }

    /**
     * Announces that work on a subject should begin.
     *
     * @param by when it should have begun; none: the policy decides
     */
    record Expect(Optional<Instant> by) implements Act {

        @Override
        public String name() {
            return "expect";
        }

        @Override
        public Object body(String actor, String reason) {
            return new Expected(by.orElse(null), null, reason);
        }
    }
}
