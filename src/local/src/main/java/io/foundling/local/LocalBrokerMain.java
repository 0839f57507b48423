package io.foundling.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a {@link LocalBroker} as a process of its own: {@code LocalBrokerMain DIRECTORY [property=value]...}.
 *
 * <p>Prints {@code bootstrap.servers=127.0.0.1:port} once the broker is ready, and ends when its standard input ends.
 */
public final class LocalBrokerMain {

    private LocalBrokerMain() {}

    public static void main(String[] args) {
        if (args.length == 0) {
            fail("usage: LocalBrokerMain DIRECTORY [property=value]...");
        }
        try {
            LocalBroker broker = LocalBroker.startIn(Path.of(args[0]), properties(args));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "local-broker-stop"));
            System.out.println("bootstrap.servers=" + broker.bootstrapServers());
            ParentWatch.exitAtEndOf(System.in);
        } catch (LocalStartException | IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    private static Map<String, String> properties(String[] args) {
        Map<String, String> properties = new LinkedHashMap<>();
        Arrays.stream(args).skip(1).forEach(arg -> {
            String[] parts = arg.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("'" + arg + "' is not of the form property=value.");
            }
            properties.put(parts[0], parts[1]);
        });
        return properties;
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
