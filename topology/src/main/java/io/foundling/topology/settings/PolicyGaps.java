package io.foundling.topology.settings;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds what no policy covers (rule T22): a subject there that names no dueAt and has no parent may wait for ever, and
 * nobody is warned. A policy without a window covers what it matches, because somebody has decided that it is silent.
 */
public final class PolicyGaps {

    /** The statuses that a fact can give without a dueAt. */
    private static final List<Status> AWAITING =
            List.of(Status.EXPECTED, Status.OPEN, Status.DEFERRED, Status.PENDING, Status.RETRYING);

    private static final List<SubjectKind> KINDS = List.of(
            SubjectKind.RECORD, SubjectKind.OPERATION, SubjectKind.BATCH, SubjectKind.EXPORT, SubjectKind.SCOPE);

    private final List<Policy> policies;

    public PolicyGaps(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /** Returns one sentence that lists all gaps; nothing if there is none. */
    public Optional<String> sentence() {
        Map<String, List<String>> kindsByGap = new LinkedHashMap<>();
        for (SubjectKind kind : KINDS) {
            gap(kind)
                    .ifPresent(gap -> kindsByGap
                            .computeIfAbsent(gap, g -> new ArrayList<>())
                            .add(kind.name()));
        }
        if (kindsByGap.isEmpty()) {
            return Optional.empty();
        }
        String gaps = kindsByGap.entrySet().stream()
                .map(gap -> String.join(", ", gap.getValue()) + gap.getKey())
                .collect(Collectors.joining("; "));
        return Optional.of("no policy covers " + gaps + ": a subject there gets no warning unless its event has a dueAt"
                + " or its parent closes; add policies that match it, without a window where it may wait for ever");
    }

    /** Returns which statuses of a kind are not covered, and where they are covered nevertheless. */
    private Optional<String> gap(SubjectKind kind) {
        List<Status> awaiting = AWAITING.stream()
                .filter(status -> kind != SubjectKind.SCOPE || status != Status.EXPECTED)
                .toList();
        List<Status> open =
                awaiting.stream().filter(status -> !isCovered(kind, status)).toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        String statuses = open.size() == awaiting.size()
                ? ""
                : " in " + open.stream().map(Status::name).collect(Collectors.joining(", "));
        TreeSet<String> except = new TreeSet<>();
        policies.stream()
                .filter(policy -> open.stream().anyMatch(status -> isAbout(policy, kind, status)))
                .forEach(policy -> except.add(place(policy)));
        return Optional.of(statuses + (except.isEmpty() ? "" : " (except " + String.join("; ", except) + ")"));
    }

    private boolean isCovered(SubjectKind kind, Status status) {
        return policies.stream()
                .anyMatch(policy -> isAbout(policy, kind, status)
                        && policy.match().source().isEmpty()
                        && policy.match().stage().isEmpty());
    }

    private static boolean isAbout(Policy policy, SubjectKind kind, Status status) {
        return policy.match().kind().map(wanted -> wanted == kind).orElse(true)
                && policy.match().status().map(wanted -> wanted == status).orElse(true);
    }

    private static String place(Policy policy) {
        List<String> parts = new ArrayList<>();
        policy.match().source().ifPresent(source -> parts.add("source " + source));
        policy.match().stage().ifPresent(stage -> parts.add("stage " + stage));
        policy.match().status().ifPresent(status -> parts.add("status " + status));
        return String.join(", ", parts);
    }
}
