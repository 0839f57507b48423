package io.foundling.console.delivery.alertmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.delivery.Presentation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The body of a post to {@code /api/v2/alerts}. */
final class AlertsPost {

    /** An alert that is not sent again ends by itself, so that none fires for ever if nothing is sent any more. */
    static final Duration STANDS_FOR = Duration.ofMinutes(5);

    private AlertsPost() {}

    static byte[] body(List<SentAlert> alerts, Presentation shown, Instant now) {
        ArrayNode body = Presentation.object().arrayNode();
        alerts.forEach(alert -> add(body.addObject(), alert, shown, now));
        return Presentation.bytes(body);
    }

    private static void add(ObjectNode json, SentAlert alert, Presentation shown, Instant now) {
        ObjectNode labels = json.putObject("labels");
        shown.labels(alert.labels()).forEach(labels::put);
        ObjectNode annotations = json.putObject("annotations");
        alert.annotations().forEach(annotations::put);
        json.put("startsAt", alert.startsAt().toString());
        json.put(
                "endsAt",
                alert.endsAt()
                        .orElseGet(() -> alert.ended(now).endsAt().get().plus(STANDS_FOR))
                        .toString());
        shown.link(alert.key()).ifPresent(link -> json.put("generatorURL", link));
    }
}
