package io.foundling.bench.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time and memory of another process, as Linux says them. */
final class ProcessCpu {

    private ProcessCpu() {}

    /** Returns the processor time of all its threads since its start; zero once it is gone. */
    static Duration of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** Returns the greatest resident memory that it has had. */
    static double peakMib(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
            throw new BenchFailure("The system does not say how much memory the process " + pid + " has.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
