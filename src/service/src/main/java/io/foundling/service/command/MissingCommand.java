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

/** {@code foundling missing}. */
@Command(
        name = "missing",
        description =
                "Lists the members of a batch, export, scope or operation that are not back, also before it closes.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # What is missing from a batch",
            "  foundling missing batch/university/payment-run/2026-09-01",
            "  # All of it, for a program",
            "  foundling missing batch/university/payment-run/2026-09-01 --all --output ndjson"
        })
final class MissingCommand implements Callable<Integer> {

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

    MissingCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        console = new ConsoleOptions(environment);
    }

    @Override
    public Integer call() {
        Listing missing = Listings.members(key, true);
        Optional<Long> limit = output.limit();
        return new ListRun(spec, output, environment, clock.instant())
                .run(missing, console.client(), missing.question(), row -> true, limit);
    }
}
