package io.foundling.service.command;

import io.foundling.service.config.ServiceConfig;
import io.foundling.service.doctor.Doctor;
import io.foundling.service.finding.Finding;
import io.foundling.service.finding.Severity;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foundling doctor}. */
@Command(
        name = "doctor",
        description = "Examines configuration, policies, memory, disk, state, broker, topics and their owner, access,"
                + " clock, registry, receivers, bridges, database and credentials of the console, and the spool of the"
                + " intake, without changing them, and reports errors and their remedy.",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExamples:",
            "  # Examines what serve needs",
            "  foundling doctor --for serve --config foundling.yaml"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private final ConfigOptions options;

    @Option(
            names = "--for",
            paramLabel = "serve|notify|console|intake|bridge",
            description = "Examines only what this command needs. Without it what serve needs is examined, what"
                    + " notify needs if there are receivers, and what bridge needs if there are bridges.")
    private Doctor.Patient patient;

    @Spec
    private CommandSpec spec;

    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);

    DoctorCommand(Map<String, String> environment) {
        options = new ConfigOptions(environment);
    }

    @Override
    public Integer call() {
        ServiceConfig config = options.read();
        print(
                "configuration",
                new Finding(
                        Severity.OK,
                        policies(config.ledger().policies().size()
                                + config.ledger().expectations().size())));
        new Doctor(config, this::print).examine(patients(config));
        int errors = counts.getOrDefault(Severity.ERROR, 0);
        PrintWriter out = spec.commandLine().getOut();
        out.println("errors: " + errors + ", warnings: " + counts.getOrDefault(Severity.WARNING, 0));
        out.flush();
        return errors == 0 ? ExitCode.OK : ExitCode.UNAVAILABLE;
    }

    private Set<Doctor.Patient> patients(ServiceConfig config) {
        if (patient != null) {
            return Set.of(patient);
        }
        Set<Doctor.Patient> patients = EnumSet.of(Doctor.Patient.SERVE);
        if (!config.delivery().receivers().isEmpty()) {
            patients.add(Doctor.Patient.NOTIFY);
        }
        if (!config.topics().bridges().isEmpty()) {
            patients.add(Doctor.Patient.BRIDGE);
        }
        return patients;
    }

    private void print(String about, Finding finding) {
        counts.merge(finding.severity(), 1, Integer::sum);
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-8s %-14s %s%n", finding.severity().name().toLowerCase(Locale.ROOT), about, finding.sentence());
        out.flush();
    }

    private static String policies(int count) {
        return count == 0
                ? "can be read, without policies"
                : "can be read, with " + count + (count == 1 ? " policy" : " policies");
    }
}
