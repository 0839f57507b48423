package io.foundling.service.command;

import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling trail}. */
@Command(
        name = "trail",
        description =
                "Lists all events of a subject, in the order in which they happened, as far back as the console has them.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # What happened to a record",
            "  foundling trail record/university/declaration/4711",
            "  # The same with all fields, as a file",
            "  foundling trail record/university/declaration/4711 --file 4711.csv"
        })
final class TrailCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final ConsoleOptions console;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "KEY", converter = KeyParameter.class, description = KeyParameter.DESCRIPTION)
    private String key;

    @Spec
    private CommandSpec spec;

    TrailCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        console = new ConsoleOptions(environment);
    }

    @Override
    public Integer call() {
        Listing trail = Listings.trail(key);
        Optional<Long> limit = output.limitIfGiven();
        return new ListRun(spec, output, environment, clock.instant())
                .run(trail, console.client(), trail.question(), row -> true, limit);
    }
}
