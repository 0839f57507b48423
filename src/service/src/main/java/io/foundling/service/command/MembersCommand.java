package io.foundling.service.command;

import io.foundling.audit.Status;
import io.foundling.service.asking.Question;
import io.foundling.service.listing.Listing;
import io.foundling.service.listing.Listings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private final ListRun list;

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

    MembersCommand(Map<String, String> environment, InstantSource clock) {
        list = new ListRun(environment, clock);
    }

    @Override
    public Integer call() {
        Listing members = Listings.members(parent, isMissing);
        Question question =
                members.question().with("status", Optional.ofNullable(status).map(Status::name));
        return list.first(members, question, row -> true);
    }
}
