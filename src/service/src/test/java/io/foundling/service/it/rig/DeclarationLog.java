package io.foundling.service.it.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** The log that is replayed, in one order of its lines. */
public record DeclarationLog(List<DeclarationLine> lines) {

    /** Names a log elsewhere. */
    private static final String INPUT = "foundling.replay.input";

    private static final Path BESIDE_THE_CHECKOUT = Path.of("../../../shared/data/domestic-declarations.jsonl.gz");

    public DeclarationLog {
        lines = List.copyOf(lines);
    }

    /** Returns the real log in order of time, or, where there is none, a made-up one of the same shape. */
    public static DeclarationLog byTime() {
        Path named = Path.of(System.getProperty(INPUT, BESIDE_THE_CHECKOUT.toString()));
        if (Files.exists(named)) {
            return read(named);
        }
        System.out.printf(
                "There is no log at %s, and -D%s names no other: a made-up one with seed %d stands in.%n",
                named, INPUT, MadeUpDeclarations.SEED);
        return new DeclarationLog(MadeUpDeclarations.lines());
    }

    /** Returns all of one declaration before the next, each in order of time. */
    public DeclarationLog byCase() {
        return sorted(Comparator.comparing(DeclarationLine::declaration));
    }

    public DeclarationLog shuffled(long seed) {
        List<DeclarationLine> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(seed));
        return new DeclarationLog(shuffled);
    }

    /** Writes it where {@code replay} can read it. */
    public Path writeTo(Path file) {
        try {
            return Files.write(file, lines.stream().map(DeclarationLine::text).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeclarationLog sorted(Comparator<DeclarationLine> order) {
        return new DeclarationLog(lines.stream().sorted(order).toList());
    }

    /** Reads a log, plain or, by the end of its name, gzip. */
    public static DeclarationLog read(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return new DeclarationLog(reader.lines().map(DeclarationLine::parse).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
