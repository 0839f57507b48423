package io.foundling.bench.recorder;

import io.foundling.local.LocalBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The broker's process: {@code BrokerMain DIRECTORY DELAY_MS}. Prints its address and ends when its standard input
 * ends.
 *
 * <p>With a delay, it advertises a proxy in this process, so that clients never connect to the broker directly.
 */
final class BrokerMain {

    /** The text before the printed address. */
    static final String PREFIX = "bootstrap.servers=";

    /** A killed broker can start again only when its former session has expired. */
    private static final Map<String, String> SHORT_SESSION =
            Map.of("broker.session.timeout.ms", "4000", "broker.heartbeat.interval.ms", "500");

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Duration delay = Duration.ofMillis(Long.parseLong(args[1]));
        System.out.println(PREFIX + (delay.isZero() ? near(directory) : far(directory, delay)));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static String near(Path directory) {
        return start(directory, SHORT_SESSION).bootstrapServers();
    }

    private static String far(Path directory, Duration delay) {
        DelayProxy proxy = new DelayProxy(delay);
        LocalBroker broker = start(directory, Map.of("advertised.listeners", "PLAINTEXT://" + proxy.address()));
        proxy.passOnTo(broker.bootstrapServers());
        return proxy.address();
    }

    private static LocalBroker start(Path directory, Map<String, String> properties) {
        LocalBroker broker = LocalBroker.startIn(directory, properties);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        return broker;
    }
}
