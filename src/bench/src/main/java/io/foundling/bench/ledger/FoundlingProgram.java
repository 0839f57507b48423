package io.foundling.bench.ledger;

import io.foundling.local.ChildProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The service itself, with the jars of the image and its default configuration. */
final class FoundlingProgram {

    /** Where the script says that the jars of the service are. */
    private static final String LIBRARIES = "foundling.bench.service";

    private static final String MAIN = "io.foundling.service.command.Foundling";

    private static final int ANY_PORT = 0;

    private static final String CONFIG = """
            application: %1$s
            instance: one
            stateDirectory: %2$s
            sources: [%3$s]
            topics:
              prefix: "%1$s."
            kafka:
              bootstrap.servers: %4$s
            avro:
              schema.registry.url: %5$s
            http:
              host: 127.0.0.1
              port: %6$d
            """;

    private FoundlingProgram() {}

    /** The command that creates the output topics. */
    static ChildProgram applyTopics(Place place) {
        return program(place, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), ANY_PORT, "", "topics", "apply");
    }

    static ChildProgram serve(Place place, List<String> options) {
        return serve(place, options, ANY_PORT);
    }

    static ChildProgram serve(Place place, List<String> options, int port) {
        return program(place, options, port, "", "serve");
    }

    /** @param receivers that part of the configuration */
    static ChildProgram notify(Place place, String receivers) {
        return program(place, List.of("-Xmx128m"), ANY_PORT, receivers, "notify");
    }

    private static ChildProgram program(
            Place place, List<String> options, int port, String receivers, String... command) {
        Path file = place.directory().resolve(command[0] + ".yaml");
        try {
            Files.writeString(
                    file,
                    CONFIG.formatted(
                                    place.name(),
                                    place.state(),
                                    SourceTopic.NAME,
                                    place.bootstrapServers(),
                                    place.registryUrl(),
                                    port)
                            + receivers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", file.toString()));
        Path libraries =
                Path.of(System.getProperty(LIBRARIES, "../service/target/lib")).toAbsolutePath();
        return new ChildProgram(options, libraries + "/*", MAIN, arguments, LedgerContender.environment());
    }
}
