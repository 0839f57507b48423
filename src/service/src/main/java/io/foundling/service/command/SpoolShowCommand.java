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
        mixinStandardHelpOptions = true)
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
        for (Path found : directories.find(directory)) {
            SpoolContent content = examined(found);
            spools.add(content);
            SpoolLines.of(content).forEach(out::println);
        }
        if (spools.size() > 1) {
            out.println(SpoolLines.total(spools));
        }
        out.flush();
        return ExitCode.OK;
    }

    private static SpoolContent examined(Path spool) {
        try {
            return SpoolExamination.examine(spool);
        } catch (IOException unusable) {
            throw SpoolDirectories.unusable(spool, unusable);
        }
    }
}
