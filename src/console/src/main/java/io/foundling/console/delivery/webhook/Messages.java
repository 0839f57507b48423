package io.foundling.console.delivery.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.delivery.AlertTexts;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.alert.CloudEvents;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bodies of webhooks, in two formats. Field names are contracts: Alertmanager's, and those of CloudEvents 1.0. */
final class Messages {

    private final String receiver;
    private final Presentation shown;

    Messages(String receiver, Presentation shown) {
        this.receiver = receiver;
        this.shown = shown;
    }

    /**
     * Returns the message that Alertmanager's webhooks send, version 4, about one alert. If its labels have changed while
     * it fires, the alert under its former labels ends in the same message. An end ends the labels that the receiver has,
     * and no others: if it refused new ones, it would refuse their end, too.
     */
    byte[] alertmanager(Notification change, Optional<Progress> last) {
        ObjectNode json = Presentation.object();
        json.put("version", "4");
        json.put("groupKey", change.key());
        json.put("truncatedAlerts", 0);
        json.put("status", status(change.isFiring()));
        json.put("receiver", receiver);
        json.putObject("groupLabels").put(Presentation.APPLICATION_LABEL, shown.application());
        Map<String, String> former = last.map(Progress::firingLabels)
                .filter(fires -> !fires.isEmpty() && !fires.equals(change.labels()))
                .orElse(change.labels());
        Map<String, String> labels = shown.labels(change.isFiring() ? change.labels() : former);
        put(json.putObject("commonLabels"), labels);
        put(json.putObject("commonAnnotations"), AlertTexts.annotations(change));
        json.put("externalURL", shown.consoleUrl().orElse(""));
        ArrayNode alerts = json.putArray("alerts");
        if (change.isFiring() && !former.equals(change.labels())) {
            add(
                    alerts.addObject(),
                    change,
                    shown.labels(former),
                    last.map(before -> before.outcome().at()));
        }
        add(alerts.addObject(), change, labels, change.endsAt());
        return Presentation.bytes(json);
    }

    private void add(ObjectNode json, Notification change, Map<String, String> labels, Optional<Instant> endsAt) {
        json.put("status", status(endsAt.isEmpty()));
        put(json.putObject("labels"), labels);
        put(json.putObject("annotations"), AlertTexts.annotations(change));
        json.put("startsAt", change.startsAt().toString());
        json.put("endsAt", endsAt.map(Instant::toString).orElse("0001-01-01T00:00:00Z"));
        json.put("generatorURL", shown.link(change.key()).orElse(""));
        json.put("fingerprint", Fingerprint.of(labels));
    }

    /** Returns a CloudEvent in structured mode; its id is that of the record on audit.alerts. */
    byte[] cloudEvent(Notification change, Instant now) {
        String status = status(change.isFiring());
        ObjectNode json = Presentation.object();
        json.put("specversion", "1.0");
        json.put("id", change.id());
        json.put("source", "/foundling/" + SubjectKey.encode(shown.application()));
        json.put("type", CloudEvents.TYPE_PREFIX + status);
        json.put("subject", change.key());
        json.put("time", now.toString());
        json.put("datacontenttype", "application/json");
        ObjectNode data = json.putObject("data");
        data.put("type", change.type());
        data.put("status", status.toUpperCase(Locale.ROOT));
        data.put("count", change.found().count());
        ArrayNode samples = data.putArray("samples");
        change.found().samples().forEach(samples::add);
        put(data.putObject("labels"), shown.labels(change.labels()));
        put(data.putObject("annotations"), new TreeMap<>(change.annotations()));
        data.put("startsAt", change.startsAt().toString());
        change.endsAt().ifPresent(end -> data.put("endsAt", end.toString()));
        shown.link(change.key()).ifPresent(link -> data.put("generatorURL", link));
        return Presentation.bytes(json);
    }

    private static String status(boolean isFiring) {
        return isFiring ? "firing" : "resolved";
    }

    private static void put(ObjectNode json, Map<String, String> texts) {
        texts.forEach(json::put);
    }
}
