package io.foundling.service.command;

import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private final ListRun list;

    @Parameters(paramLabel = "KEY", converter = KeyParameter.class, description = KeyParameter.DESCRIPTION)
    private String key;

    TrailCommand(Map<String, String> environment, InstantSource clock) {
        list = new ListRun(environment, clock);
    }

    @Override
    public Integer call() {
        return list.whole(Listings.trail(key));
    }
}
