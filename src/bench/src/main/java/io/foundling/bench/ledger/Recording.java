package io.foundling.bench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recording of a running contender by the JDK's flight recorder, 45 seconds long at most. */
final class Recording {

    private static final String NAME = "ledger-bench";

    private final long pid;
    private final Path file;
    private final boolean wanted;

    private Recording(long pid, Path file, boolean wanted) {
        this.pid = pid;
        this.file = file;
        this.wanted = wanted;
    }

    /** Starts a recording if the plan wants one. */
    static Recording start(long pid, Place place, LedgerPlan plan) throws IOException, InterruptedException {
        Recording recording = new Recording(pid, place.directory().resolve("profile.jfr"), plan.profile());
        recording.command(
                "JFR.start", "name=" + NAME, "settings=profile", "duration=45s", "filename=" + recording.file);
        return recording;
    }

    /** Ends the recording if it is still going on, and prints where the time went. */
    void print(LedgerContender contender) throws IOException, InterruptedException {
        if (!wanted) {
            return;
        }
        if (!Files.exists(file) || Files.size(file) == 0) {
            command("JFR.stop", "name=" + NAME);
        }
        System.out.println("Profile of " + contender.label());
        Profile.of(file).print(System.out);
    }

    private void command(String... command) throws IOException, InterruptedException {
        if (!wanted) {
            return;
        }
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(pid));
        line.addAll(List.of(command));
        Path log = file.resolveSibling("jcmd.log");
        int exit = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new BenchFailure("The contender cannot be recorded: " + Files.readString(log));
        }
    }
}
