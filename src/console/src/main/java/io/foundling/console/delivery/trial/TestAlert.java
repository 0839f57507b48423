package io.foundling.console.delivery.trial;

import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.alertmanager.AlertmanagerSink;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.webhook.WebhookSink;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An alert about nothing, to see whether a receiver takes alerts. */
public final class TestAlert {

    private final Presentation shown;
    private final InstantSource clock;

    public TestAlert(Presentation shown, InstantSource clock) {
        this.shown = shown;
        this.clock = clock;
    }

    /** Sends it once to each address of a receiver, and returns what came back by address. */
    public Map<String, Answer> send(Receiver receiver) throws InterruptedException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        Notification alert = alert(clock.instant());
        if (receiver.kind() instanceof Receiver.Alertmanager alertmanager) {
            for (URI instance : alertmanager.instances()) {
                answers.put(Endpoint.shown(instance), AlertmanagerSink.send(alert, instance, receiver, shown, clock));
            }
        } else {
            answers.put(receiver.endpoints().get(0), WebhookSink.send(alert, receiver, shown, clock));
        }
        return answers;
    }

    private static Notification alert(Instant now) {
        long version = now.getEpochSecond();
        return new Notification(
                "test",
                version,
                "test#" + version,
                Notification.Found.NOTHING,
                Map.of("alertname", "FoundlingTest", "severity", "info"),
                Map.of("summary", "a test of the delivery; nothing is wrong"),
                now,
                Optional.empty());
    }
}
