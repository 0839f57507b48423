package io.foundling.service.topics;

import io.foundling.service.finding.Finding;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges whether an application may write topics. Of all records that are signed the newest decides, so an application
 * that has written after another is never refused, and old records in quiet partitions do not matter.
 *
 * @param predecessors applications from which it takes over
 */
record Ownership(String application, Set<String> predecessors) {

    /** Returns an error, or why there is none. */
    Finding judge(Collection<Signature> signatures) {
        Optional<Signature> own = newest(signatures, application::equals);
        Optional<Signature> other =
                newest(signatures, name -> !application.equals(name) && !predecessors.contains(name));
        if (other.isPresent() && isNewer(other.get(), own)) {
            return Finding.error(refusal(other.get()));
        }
        Optional<Signature> predecessor = newest(signatures, predecessors::contains);
        if (predecessor.isPresent() && isNewer(predecessor.get(), own)) {
            return Finding.ok("application " + application + " takes over from "
                    + predecessor.get().application());
        }
        return Finding.ok(
                predecessors.isEmpty()
                        ? "no other application has written the newest records of the output topics"
                        : "application " + application
                                + " needs no topics.predecessors: no other application has written the newest records");
    }

    private String refusal(Signature other) {
        return "application %s wrote the newest record of topic %s (partition %d, offset %d, at %s), and application %s must not write the same topics: give it a topics.prefix of its own, or, if it is %s under another name, set application to that; to take over from %s, which must have stopped, set topics.predecessors to [%s]"
                .formatted(
                        other.application(),
                        other.partition().topic(),
                        other.partition().partition(),
                        other.offset(),
                        other.at(),
                        application,
                        other.application(),
                        other.application(),
                        other.application());
    }

    private static boolean isNewer(Signature one, Optional<Signature> than) {
        return than.isEmpty() || one.at().isAfter(than.get().at());
    }

    private static Optional<Signature> newest(Collection<Signature> signatures, Predicate<String> wanted) {
        return signatures.stream()
                .filter(signature -> wanted.test(signature.application()))
                .max(Comparator.comparing(Signature::at));
    }
}
