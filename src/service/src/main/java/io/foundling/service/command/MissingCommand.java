package io.foundling.service.command;

import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private final ListRun list;

    @Parameters(paramLabel = "KEY", converter = KeyParameter.class, description = KeyParameter.DESCRIPTION)
    private String key;

    MissingCommand(Map<String, String> environment, InstantSource clock) {
        list = new ListRun(environment, clock);
    }

    @Override
    public Integer call() {
        Listing missing = Listings.members(key, true);
        return list.first(missing, missing.question(), row -> true);
    }
}
