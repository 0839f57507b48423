package io.foundling.service.command;

import io.foundling.console.policies.PolicyTrial;
import io.foundling.console.policies.TopicTrail;
import io.foundling.console.policies.TrailFacts;
import io.foundling.console.policies.TrialCsv;
import io.foundling.console.policies.TrialJson;
import io.foundling.console.policies.TrialNotes;
import io.foundling.console.policies.TrialReport;
import io.foundling.console.policies.TrialText;
import io.foundling.console.policies.Window;
import io.foundling.schemas.AvroConfig;
import io.foundling.schemas.AvroSerdes;
import io.foundling.schemas.registry.RegistryClient;
import io.foundling.service.config.ServiceConfig;
import io.foundling.service.listing.Moments;
import io.foundling.service.policies.PolicyChanges;
import io.foundling.service.policies.SourceTrail;
import io.foundling.service.table.Printable;
import io.foundling.service.topics.CommandWait;
import io.foundling.topology.settings.PolicySet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foundling policies test}. */
@Command(
        name = "test",
        description =
                "Tries the policies of a file on what has happened: which warnings and alerts they would have added,"
                        + " removed or moved, compared with the policies in force. It reads the source topics and writes nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # What other policies would have reported in the last week",
            "  foundling policies test new.yaml --since 7d",
            "  # Every change that concerns one source, for a program",
            "  foundling policies test new.yaml --since 30d --source billing --output json"
        })
final class PoliciesTestCommand implements Callable<Integer> {

    private final PoliciesFile files;

    @Mixin
    private final ConfigOptions options;

    @Parameters(
            paramLabel = "FILE",
            description = "A configuration, of which only the policies are tried. --config names the one in force.")
    private Path file;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "7d",
            description =
                    "From when on warnings are compared, as a time such as 2026-11-30T12:00:00Z, a date, or for how long, such as"
                            + " 7d; default: ${DEFAULT-VALUE}. What was appended before is read, too, as far back as the topics reach.")
    private String since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "Up to when, written like --since; default: now.")
    private String until;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            description = "Reports only this source; may be given several times. All sources are read.")
    private Set<String> sources = new TreeSet<>();

    @Option(
            names = "--output",
            paramLabel = "table|json|csv",
            defaultValue = "table",
            description =
                    "table: for people; json: everything; csv: the warnings that change. Default: ${DEFAULT-VALUE}.")
    private Output output;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "How many warnings, and how many alerts, a table lists; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Spec
    private CommandSpec spec;

    /** How a result is printed. */
    enum Output {
        TABLE,
        JSON,
        CSV
    }

    PoliciesTestCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
        files = new PoliciesFile(environment);
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw wrong("--limit is " + limit + ", must be 0 or more");
        }
        Window window = window(Instant.now());
        ServiceConfig config = options.read();
        PolicySet onTrial = files.read(file);
        Map<String, Object> avro =
                new HashMap<>(CommandWait.limited(config.avro().values()));
        try (RegistryClient registry = AvroSerdes.registryClient(avro)) {
            avro.put(AvroConfig.REGISTRY_CLIENT, registry);
            try (TopicTrail trail = SourceTrail.open(config, avro)) {
                TrialReport report = new PolicyTrial(config.ledgerSettings(trail.partitions(), Set.of()), onTrial)
                        .run(
                                new TrialProgress(trail, spec.commandLine().getErr(), System::nanoTime),
                                window,
                                source -> sources.isEmpty() || sources.contains(source));
                print(report, changes(config.ledger().policySet(), onTrial), notes(report, trail.facts()));
            }
        }
        return ExitCode.OK;
    }

    private Window window(Instant now) {
        Moments moments = new Moments(now, ZoneId.systemDefault());
        Instant from = moment(moments, "--since", since);
        Instant to = moment(moments, "--until", until);
        if (to.isAfter(now)) {
            throw wrong("--until is " + to + ", must not be later than now, which is " + now);
        }
        if (from.isAfter(to)) {
            throw wrong("--since is " + from + ", must not be later than --until, which is " + to);
        }
        return new Window(from, to);
    }

    private Instant moment(Moments moments, String option, String text) {
        return moments.parse(text).orElseThrow(() -> wrong(option + " is '" + text + "', must be " + Moments.EXPECTED));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static String changes(PolicySet inForce, PolicySet onTrial) {
        String changes = new PolicyChanges(inForce, onTrial).sentence();
        return changes.isEmpty() ? "the same as those in force" : changes;
    }

    private static List<String> notes(TrialReport report, TrailFacts facts) {
        List<String> notes = new ArrayList<>(TrialNotes.of(report, facts));
        notes.add("Of the file, only policies and expectations are tried.");
        return notes;
    }

    private void print(TrialReport report, String changes, List<String> notes) {
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case TABLE -> out.print(new TrialText(limit).of(report, changes, notes));
            case JSON -> out.println(Printable.json(TrialJson.of(report, changes, notes)));
            case CSV -> {
                TrialCsv.lines(report).forEach(out::println);
                // A file for programs has no place for notes.
                notes.forEach(spec.commandLine().getErr()::println);
            }
        }
        out.flush();
    }
}
