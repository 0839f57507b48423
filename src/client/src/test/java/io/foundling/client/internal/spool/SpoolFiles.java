package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A spool under test, and what a crash leaves of one. Payloads are numbered texts. */
final class SpoolFiles {

    static final long PLENTY = 64L << 20;
    static final byte[] DESCRIPTION = "\"schema\"".getBytes(StandardCharsets.UTF_8);
    static final int HEADER_BYTES = new SegmentHeader(DESCRIPTION).bytes();

    private SpoolFiles() {}

    static Spool open(Path directory) throws IOException {
        return Spool.open(directory, PLENTY, DESCRIPTION);
    }

    /** Returns the texts of the numbers from the first to before the last. */
    static List<String> texts(int first, int last) {
        return IntStream.range(first, last).mapToObj(i -> "event " + i).toList();
    }

    static void write(Spool spool, List<String> texts) throws IOException {
        for (String text : texts) {
            add(spool, text.getBytes(StandardCharsets.UTF_8));
        }
        spool.write();
    }

    static void add(Spool spool, byte[] payload) {
        spool.add(payload, 0, payload.length);
    }

    /** Returns everything up to the first nothing. */
    static List<SpoolEntry> read(Spool spool) throws IOException {
        List<SpoolEntry> entries = new ArrayList<>();
        SpoolEntry entry = spool.reader().next();
        while (!(entry instanceof SpoolEntry.Nothing)) {
            entries.add(entry);
            entry = spool.reader().next();
        }
        return entries;
    }

    static List<String> readTexts(Spool spool) throws IOException {
        return texts(read(spool));
    }

    static List<String> texts(List<SpoolEntry> entries) {
        return frames(entries).stream().map(SpoolFiles::text).toList();
    }

    static String text(SpoolEntry.Frame frame) {
        return new String(frame.payload(), StandardCharsets.UTF_8);
    }

    static List<SpoolEntry.Frame> frames(List<SpoolEntry> entries) {
        return entries.stream()
                .filter(SpoolEntry.Frame.class::isInstance)
                .map(SpoolEntry.Frame.class::cast)
                .toList();
    }

    static List<SpoolEntry.Damage> damages(List<SpoolEntry> entries) {
        return entries.stream()
                .filter(SpoolEntry.Damage.class::isInstance)
                .map(SpoolEntry.Damage.class::cast)
                .toList();
    }

    static Position end(SpoolEntry entry) {
        return entry instanceof SpoolEntry.Frame frame ? frame.end() : ((SpoolEntry.Damage) entry).end();
    }

    /** Copies what a crash would leave now. Not the lock: reading it in this process would drop it. */
    static Path crash(Path directory, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : list(directory)) {
            if (!file.getFileName().toString().equals("lock")) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    /** Writes the bytes as the only segment of a directory. */
    static Path only(Path directory, byte[] segment) throws IOException {
        Files.createDirectories(directory);
        for (Path file : list(directory)) {
            Files.delete(file);
        }
        Files.write(directory.resolve(name(1)), segment);
        return directory;
    }

    static List<Path> segments(Path directory) throws IOException {
        return list(directory).stream()
                .filter(file -> file.toString().endsWith(".spool"))
                .toList();
    }

    static List<String> names(Path directory) throws IOException {
        return list(directory).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    static String name(long segment) {
        return String.format("%020d.spool", segment);
    }

    static void flip(Path file, int at) throws IOException {
        Files.write(file, flipped(Files.readAllBytes(file), at, 1));
    }

    static byte[] flipped(byte[] bytes, int at, int mask) {
        byte[] flipped = Arrays.copyOf(bytes, bytes.length);
        flipped[at] ^= (byte) mask;
        return flipped;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
