package io.foundling.service.command;

import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foundling list}: the parent of the lists. */
@Command(
        name = "list",
        description = "Lists what the console knows. Each list has its own filters: foundling list awaiting --help.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "LIST",
        footer = {"%nExamples:", "  # What awaits, the oldest first", "  foundling list awaiting"})
final class ListCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Returns it with all lists. */
    static CommandLine of(Map<String, String> environment, InstantSource clock) {
        CommandLine list = new CommandLine(new ListCommand());
        for (Listing listing : Listings.all()) {
            list.addSubcommand(ListedCommand.of(listing, environment, clock));
        }
        return list.addSubcommand(new MembersCommand(environment, clock));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a list is missing: " + spec.subcommands().keySet().stream().collect(Collectors.joining(", ")));
    }
}
