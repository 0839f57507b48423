package io.foundling.service.it.rig;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of the ledger's store of one task, and ways to damage them. */
public record StoreFiles(Path directory) {

    private static final int BLOCK_BYTES = 4096;

    public static StoreFiles of(ServiceProcess service, String task) {
        return new StoreFiles(
                service.stateDirectory().resolve("foundling").resolve(task).resolve("rocksdb/ledger-store"));
    }

    /** What a crash in the middle of a write, or a bad sector, leaves of the file that names the others. */
    public void garbleCurrent() {
        write(directory.resolve("CURRENT"), "garbage");
    }

    public void garbleManifest() {
        write(only("MANIFEST-"), "garbage".repeat(20));
    }

    public void loseManifest() {
        delete(only("MANIFEST-"));
    }

    public void truncateTable() {
        edit(largestTable(), file -> file.setLength(file.length() / 2));
    }

    public void loseTable() {
        delete(largestTable());
    }

    /** Flips one bit in every block of every table but what is read when a table is opened. */
    public void flipBits() {
        tables().forEach(table -> edit(table, file -> {
            for (long at = BLOCK_BYTES / 2; at < file.length() * 3 / 4; at += BLOCK_BYTES) {
                file.seek(at);
                int found = file.read();
                file.seek(at);
                file.write(found ^ 1);
            }
        }));
    }

    /** Returns what RocksDB calls this store for as long as it lives; a store that is wiped and restored is another. */
    public String identity() {
        try {
            return Files.readString(directory.resolve("IDENTITY"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasTables() {
        return !tables().isEmpty();
    }

    private Path largestTable() {
        return tables().stream()
                .max(Comparator.comparingLong(table -> table.toFile().length()))
                .orElseThrow(() -> new AssertionError("no table in " + directory));
    }

    private List<Path> tables() {
        return files(name -> name.endsWith(".sst"));
    }

    private Path only(String prefix) {
        return files(name -> name.startsWith(prefix)).get(0);
    }

    private List<Path> files(Predicate<String> names) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> names.test(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Edit {
        void apply(RandomAccessFile file) throws IOException;
    }

    private static void edit(Path path, Edit edit) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            edit.apply(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
