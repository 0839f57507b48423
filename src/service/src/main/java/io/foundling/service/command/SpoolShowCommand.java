package io.foundling.service.command;

import io.foundling.client.spool.SpoolContent;
import io.foundling.client.spool.SpoolExamination;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling spool show}. */
@Command(
        name = "show",
        description = "Shows the spools in a directory and what waits in them. Changes nothing, and needs no broker.",
        mixinStandardHelpOptions = true,
        footer = {"%nExamples:", "  # What waits in the spools of this machine", "  foundling spool show /var/lib/audit"
        })
final class SpoolShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIRECTORY",
            description = "A spool, the spools of a service, or the root of all (audit.spool.root).")
    private Path directory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<SpoolContent> spools = new ArrayList<>();
        SpoolDirectories directories = new SpoolDirectories(spec);
        PrintWriter out = spec.commandLine().getOut();
        SpoolDirectories.Found found = directories.find(directory);
        int worst = found.exitCode();
        for (Path spool : found.spools()) {
            try {
                SpoolContent content = SpoolExamination.examine(spool);
                spools.add(content);
                SpoolLines.of(content).forEach(out::println);
            } catch (IOException unusable) {
                worst = directories.reportUnusable(spool, unusable);
            }
        }
        if (spools.size() > 1) {
            out.println(SpoolLines.total(spools));
        }
        out.flush();
        return worst;
    }
}
