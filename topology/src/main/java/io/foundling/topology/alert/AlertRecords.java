package io.foundling.topology.alert;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertType;
import io.foundling.audit.Settlement;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.Total;
import io.foundling.topology.lifecycle.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds the records that the alerts task publishes. */
final class AlertRecords {

    private AlertRecords() {}

    /** Returns the key of a settlement: the parent's key, a slash, the attempt. */
    static String settlementKey(Group group) {
        return group.parent() + '/' + group.attempt();
    }

    static Settlement settlement(Group group, Total total) {
        Figures figures = total.settlement().orElseThrow();
        Map<String, Long> returned = new TreeMap<>();
        figures.returned().forEach((status, count) -> returned.put(status.name(), count));
        return Settlement.newBuilder()
                .setParent(SubjectKey.parse(group.parent()))
                .setAttempt(group.attempt())
                .setVersion(figures.version())
                .setClosedAt(Instant.ofEpochMilli(figures.closedAtMs()))
                .setExpected(figures.expected() < 0 ? null : figures.expected())
                .setDeferred(figures.deferred())
                .setReturned(returned)
                .setMoved(figures.moved())
                .setOrphaned(figures.orphaned())
                .setMissing(total.samples())
                .setOutcome(figures.outcome())
                .setIncomplete(total.incomplete())
                .setUnannounced(figures.members().unannounced())
                .setNeverBegan(figures.members().neverBegan())
                .setUnseen(figures.unseen())
                .build();
    }

    /** @param texts what policies add; the labels of the group are those with which its alert fires, or fired */
    static Alert alert(Group group, GroupState state, String summary, PolicyTexts texts) {
        AlertState alert = state.alert().orElseThrow();
        return Alert.newBuilder()
                .setType(group.type())
                .setStatus(alert.status())
                .setCount(alert.total().count())
                .setSamples(alert.total().samples())
                .setLabels(labels(group, state.labels()))
                .setAnnotations(annotations(alert, summary, texts.annotations(group)))
                .setStartsAt(Instant.ofEpochMilli(alert.startsAtMs()))
                .setEndsAt(alert.endsAtMs() == Times.NEVER ? null : Instant.ofEpochMilli(alert.endsAtMs()))
                .build();
    }

    /** What never changes while the alert fires, unless the policies do. */
    private static Map<String, String> labels(Group group, Map<String, String> ofPolicies) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(PolicyTexts.SEVERITY, severity(group.type()));
        labels.putAll(ofPolicies);
        labels.putAll(ownLabels(group));
        labels.put("alertname", "Foundling" + Summary.words(group.type(), "", true));
        return labels;
    }

    /** What was deleted unread is lost for good; all else can still be mended. */
    private static String severity(AlertType type) {
        return switch (type) {
            case GAP -> "critical";
            case ORPHANED,
                    SETTLEMENT,
                    SUPERSEDED,
                    VIOLATIONS,
                    CLOCK,
                    DELAYED_SOURCE,
                    SILENT_SOURCE,
                    STALE_SCOPE,
                    VOLUME_ANOMALY,
                    RECONCILIATION,
                    UNKNOWN -> "warning";
        };
    }

    /** Returns the labels that depend on the type. An expression, so that it does not compile without a new type. */
    private static Map<String, String> ownLabels(Group group) {
        return switch (group.type()) {
            case CLOCK -> Map.of();
            case DELAYED_SOURCE, SILENT_SOURCE -> Map.of("source", group.parts().get(0));
            case GAP -> Map.of("topic", group.parts().get(0));
            case SETTLEMENT -> parentLabels(SubjectKey.parse(group.parent()), group.attempt());
            case ORPHANED, SUPERSEDED, VIOLATIONS, STALE_SCOPE, VOLUME_ANOMALY, RECONCILIATION, UNKNOWN ->
                Map.of("source", group.parts().get(0), "stage", group.parts().get(1));
        };
    }

    private static Map<String, String> parentLabels(Subject parent, int attempt) {
        return Map.of(
                "kind", parent.getKind().name().toLowerCase(Locale.ROOT),
                "source", parent.getSource(),
                "stage", parent.getStage(),
                "id", parent.getId(),
                "attempt", Integer.toString(attempt));
    }

    private static Map<String, String> annotations(AlertState alert, String summary, Map<String, String> ofPolicies) {
        Map<String, String> annotations = new TreeMap<>(ofPolicies);
        annotations.put("summary", summary);
        alert.total().settlement().ifPresent(figures -> annotations.putAll(figures(figures)));
        if (!alert.total().named().findings().isEmpty()) {
            annotations.put("findings", findings(alert.total().named().findings()));
        }
        if (alert.total().incomplete()) {
            annotations.put("completeness", "INCOMPLETE");
        }
        return annotations;
    }

    /** Returns one line for each subject. */
    private static String findings(Map<String, String> findings) {
        return findings.entrySet().stream()
                .map(found -> found.getKey() + ": " + found.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static void putIfAny(Map<String, String> texts, String name, long count) {
        if (count > 0) {
            texts.put(name, Long.toString(count));
        }
    }

    private static Map<String, String> figures(Figures figures) {
        Map<String, String> texts = new TreeMap<>();
        if (figures.closedAtMs() != Figures.OPEN) {
            texts.put("outcome", figures.outcome().name());
        }
        if (figures.expected() >= 0) {
            texts.put("expected", Long.toString(figures.expected()));
        }
        texts.put("deferred", Long.toString(figures.deferred()));
        texts.put("returned", Long.toString(figures.deferred() - figures.moved() - figures.orphaned()));
        texts.put("moved", Long.toString(figures.moved()));
        texts.put("orphaned", Long.toString(figures.orphaned()));
        putIfAny(texts, "unannounced", figures.members().unannounced());
        putIfAny(texts, "neverBegan", figures.members().neverBegan());
        putIfAny(texts, "unseen", figures.unseen());
        return texts;
    }
}
