package io.foundling.service.command;

import io.foundling.topology.settings.PolicyGaps;
import io.foundling.topology.settings.PolicySet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling policies check}. */
@Command(
        name = "check",
        description =
                "Reads the policies of a file without using them, and reports every problem with its place and key."
                        + " The file may be a whole configuration, or have policies only. No broker is asked.",
        mixinStandardHelpOptions = true,
        footer = {"%nExamples:", "  # Before a file is put in place", "  foundling policies check new.yaml"})
final class PoliciesCheckCommand implements Callable<Integer> {

    private final PoliciesFile files;

    @Parameters(paramLabel = "FILE", description = "A configuration, of which the policies are checked.")
    private Path file;

    @Spec
    private CommandSpec spec;

    PoliciesCheckCommand(Map<String, String> environment) {
        files = new PoliciesFile(environment);
    }

    @Override
    public Integer call() {
        PolicySet policies = files.read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " can be read, with " + PoliciesFile.counted(policies));
        new PolicyGaps(policies.policies()).sentence().ifPresent(gaps -> out.println("warning: " + gaps));
        out.flush();
        return ExitCode.OK;
    }
}
