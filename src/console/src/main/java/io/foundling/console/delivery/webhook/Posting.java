package io.foundling.console.delivery.webhook;

import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Presentation;
import io.foundling.console.delivery.Progress;
import io.foundling.console.delivery.Receiver;
import io.foundling.console.delivery.http.Answer;
import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Transport;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the message about a change, signs it and posts it once. Any thread. */
final class Posting {

    private final Receiver.Webhook kind;
    private final Transport transport;
    private final Endpoint endpoint;
    private final Messages messages;
    private final InstantSource clock;

    /** @param receiver a webhook */
    Posting(Receiver receiver, Presentation shown, InstantSource clock) {
        kind = (Receiver.Webhook) receiver.kind();
        transport = receiver.transport();
        endpoint = new Endpoint(kind.url(), transport);
        messages = new Messages(receiver.name(), shown);
        this.clock = clock;
    }

    /** Returns host and port. */
    String shown() {
        return endpoint.shown();
    }

    /** @param last what the receiver has got of the alert */
    Answer post(Notification change, Optional<Progress> last) throws InterruptedException {
        byte[] body = switch (kind.format()) {
            case ALERTMANAGER -> messages.alertmanager(change, last);
            case CLOUDEVENTS -> messages.cloudEvent(change, clock.instant());
        };
        Optional<byte[]> secret = transport.credentials().get().secret();
        Map<String, String> headers = new HashMap<>(Signature.headers(change.id(), clock.millis(), body, secret));
        if (kind.format() == Receiver.Format.CLOUDEVENTS) {
            headers.put("Content-Type", "application/cloudevents+json");
        }
        return endpoint.post(body, headers);
    }
}
