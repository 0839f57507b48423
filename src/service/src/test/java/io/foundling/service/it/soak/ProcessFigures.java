package io.foundling.service.it.soak;

import io.foundling.service.it.rig.ServiceProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What one instance takes of the machine now, as Linux and its own metrics say. */
record ProcessFigures(long rssKb, long heapKb, long stateKb, long files, long threads, long pageBytes, long series) {

    static ProcessFigures of(ServiceProcess service) {
        collectGarbage(service);
        String page = service.body("/metrics");
        Path process = Path.of("/proc", Long.toString(service.pid()));
        return new ProcessFigures(
                status(process, "VmRSS:"),
                service.metrics().sum("jvm_memory_used_bytes", Map.of("area", "heap")) / 1024,
                stateKb(service.stateDirectory()),
                files(process.resolve("fd")),
                status(process, "Threads:"),
                page.getBytes(StandardCharsets.UTF_8).length,
                page.lines().filter(line -> !line.startsWith("#")).count());
    }

    ProcessFigures plus(ProcessFigures other) {
        return new ProcessFigures(
                rssKb + other.rssKb,
                heapKb + other.heapKb,
                stateKb + other.stateKb,
                files + other.files,
                threads + other.threads,
                pageBytes + other.pageBytes,
                series + other.series);
    }

    private static void collectGarbage(ServiceProcess service) {
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(service.pid()),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long status(Path process, String name) {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long files(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? 0 : names.length;
    }

    /** Files come and go while it is counted. */
    private static long stateKb(Path directory) {
        long bytes = 0;
        File[] files = directory.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            bytes += file.isDirectory() ? 1024 * stateKb(file.toPath()) : file.length();
        }
        return bytes / 1024;
    }
}
