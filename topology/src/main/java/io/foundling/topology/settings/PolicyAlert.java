package io.foundling.topology.settings;

import io.foundling.audit.SubjectKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a policy adds to the alerts of its source and stage (rule A14). It is apart from {@link Policy}, as a change of it
 * changes no deadline.
 *
 * @param name of the policy
 * @param kind of the parent, for alerts about settlements
 * @param severity replaces the one that depends on the type
 * @param labels by which people route alerts, such as {@link #OWNER}
 * @param annotations what people read, such as the address of a runbook
 */
public record PolicyAlert(
        String name,
        Optional<SubjectKind> kind,
        Optional<String> source,
        Optional<String> stage,
        Optional<String> severity,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /** The label that says who is responsible. */
    public static final String OWNER = "owner";

    /** What alerts have anyway, or what {@code notify} adds. */
    private static final Set<String> OWN_LABELS =
            Set.of("alertname", "severity", "source", "stage", "kind", "id", "attempt", "topic", "application");

    private static final Set<String> OWN_ANNOTATIONS = Set.of(
            "summary",
            "findings",
            "count",
            "samples",
            "completeness",
            "outcome",
            "expected",
            "deferred",
            "returned",
            "moved",
            "orphaned",
            "unannounced",
            "neverBegan",
            "unseen");

    /** As Prometheus and Alertmanager want it. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private static final int MOST = 20;
    private static final int LONGEST = 1_000;

    public PolicyAlert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        severity.ifPresent(text -> requireText("severity", text));
        require("labels", labels, OWN_LABELS);
        require("annotations", annotations, OWN_ANNOTATIONS);
    }

    /** Whether it adds nothing. */
    public boolean isEmpty() {
        return severity.isEmpty() && labels.isEmpty() && annotations.isEmpty();
    }

    /** Whether the policy applies to a source and stage. */
    public boolean fits(String alertSource, String alertStage) {
        return source.map(alertSource::equals).orElse(true)
                && stage.map(alertStage::equals).orElse(true);
    }

    private static void require(String what, Map<String, String> texts, Set<String> own) {
        if (texts.size() > MOST) {
            throw new IllegalArgumentException(what + " has " + texts.size() + " entries, must have at most " + MOST);
        }
        texts.forEach((name, text) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(what + " names '" + name
                        + "', must be letters, digits and '_', and must not begin with a digit");
            }
            if (own.contains(name)) {
                throw new IllegalArgumentException(what + " names '" + name + "', which Foundling sets itself");
            }
            requireText(what + '.' + name, text);
        });
    }

    private static void requireText(String what, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters, must have 1 to " + LONGEST);
        }
    }
}
