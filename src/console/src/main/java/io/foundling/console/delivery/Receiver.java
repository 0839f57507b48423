package io.foundling.console.delivery;

import io.foundling.console.delivery.http.Endpoint;
import io.foundling.console.delivery.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where alerts are sent to, with its secrets, which {@link #toString} does not show.
 *
 * @param name unique; names the group of the processes that serve it, and its progress
 * @param transport how each of its addresses is spoken to
 * @param kind how it wants to be served
 */
public record Receiver(String name, Transport transport, Kind kind) {

    /** The kinds of receivers. */
    public sealed interface Kind {}

    /**
     * Alertmanager, each instance of a cluster by itself.
     *
     * @param instances their addresses, without {@code /api/v2}
     */
    public record Alertmanager(List<URI> instances) implements Kind {
        public Alertmanager {
            instances = List.copyOf(instances);
        }
    }

    /**
     * A program that is posted each change.
     *
     * @param updateEvery how often at most an alert that goes on firing is sent again because its count changed
     */
    public record Webhook(URI url, Format format, Duration updateEvery) implements Kind {}

    /** What the body of a webhook is. */
    public enum Format {
        /** Alertmanager's own webhook, version 4. */
        ALERTMANAGER,
        /** CloudEvents 1.0, structured mode. */
        CLOUDEVENTS
    }

    /** Returns host and port of each address. */
    public List<String> endpoints() {
        return kind instanceof Alertmanager alertmanager
                ? alertmanager.instances().stream().map(Endpoint::shown).toList()
                : List.of(Endpoint.shown(((Webhook) kind).url()));
    }

    @Override
    public String toString() {
        return name;
    }
}
