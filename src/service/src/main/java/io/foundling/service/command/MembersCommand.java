package io.foundling.service.command;

import io.foundling.audit.Status;
import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foundling list members}. */
@Command(
        name = "members",
        description = "The subjects whose parent this is at present, by their keys.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Which members of a batch have failed",
            "  foundling list members --parent batch/university/payment-run/2026-09-01 --status FAILED"
        })
final class MembersCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final InstantSource clock;

    @Mixin
    private final ConsoleOptions console;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = "--parent",
            paramLabel = "KEY",
            required = true,
            converter = KeyParameter.class,
            description = "The batch, export, scope or operation.")
    private String parent;

    @Option(names = "--missing", description = "Only members that are not back, as foundling missing lists them.")
    private boolean isMissing;

    @Option(names = "--status", paramLabel = "STATUS", description = "One of ${COMPLETION-CANDIDATES}.")
    private Status status;

    @Spec
    private CommandSpec spec;

    MembersCommand(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        console = new ConsoleOptions(environment);
    }

    @Override
    public Integer call() {
        Listing members = Listings.members(parent, isMissing);
        Optional<Long> limit = output.limit();
        return new ListRun(spec, output, environment, clock.instant())
                .run(
                        members,
                        console.client(),
                        members.question()
                                .with("status", Optional.ofNullable(status).map(Status::name)),
                        row -> true,
                        limit);
    }
}
