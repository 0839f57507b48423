package io.foundling.topology.alert;

import io.foundling.audit.AlertType;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Group;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.PolicySet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the policies add to alerts (rule A14): for each text the first policy counts that applies and names it. */
final class PolicyTexts {

    static final String SEVERITY = "severity";

    private final List<PolicyAlert> additions;

    PolicyTexts(List<PolicyAlert> additions) {
        this.additions = additions;
    }

    /** Whether they are those of the given policies. */
    boolean areOf(PolicySet policies) {
        return additions.equals(policies.alerts());
    }

    /** Returns labels, a severity among them if a policy names one. */
    Map<String, String> labels(Group group) {
        Map<String, String> labels = new TreeMap<>();
        for (PolicyAlert added : applying(group)) {
            added.labels().forEach(labels::putIfAbsent);
            added.severity()
                    .filter(ignored -> isPromise(group))
                    .ifPresent(severity -> labels.putIfAbsent(SEVERITY, severity));
        }
        return labels;
    }

    Map<String, String> annotations(Group group) {
        Map<String, String> annotations = new TreeMap<>();
        applying(group).forEach(added -> added.annotations().forEach(annotations::putIfAbsent));
        return annotations;
    }

    private List<PolicyAlert> applying(Group group) {
        return additions.isEmpty()
                ? List.of()
                : additions.stream().filter(applies(group)).toList();
    }

    /** An expression, so that it does not compile without a new type. */
    private static Predicate<PolicyAlert> applies(Group group) {
        return switch (group.type()) {
            case SETTLEMENT -> applies(SubjectKey.parse(group.parent()));
            case GAP, CLOCK, DELAYED_SOURCE, SILENT_SOURCE -> added -> false;
            case ORPHANED, SUPERSEDED, VIOLATIONS, STALE_SCOPE, VOLUME_ANOMALY, RECONCILIATION, UNKNOWN ->
                added -> added.fits(group.parts().get(0), group.parts().get(1));
        };
    }

    private static Predicate<PolicyAlert> applies(Subject parent) {
        return added -> added.fits(parent.getSource(), parent.getStage())
                && added.kind().map(kind -> kind == parent.getKind()).orElse(true);
    }

    /** A violation is a contradiction and not a promise that a policy has an opinion on. */
    private static boolean isPromise(Group group) {
        return group.type() != AlertType.VIOLATIONS;
    }
}
