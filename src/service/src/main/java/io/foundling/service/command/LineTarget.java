package io.foundling.service.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the lines of a command go: to standard output as they come, or to a file that has its name only once it is whole.
 * A program that no longer reads, such as head, ends the lines and is no failure.
 */
interface LineTarget extends AutoCloseable {

    /** Returns whether further lines are wanted. */
    boolean line(String line);

    /** Everything was written. */
    void finish();

    /** Without {@link #finish} before, what was written to a file is removed. */
    @Override
    void close();

    static LineTarget of(Optional<Path> file, PrintWriter out) {
        return file.<LineTarget>map(ToFile::new).orElseGet(() -> new ToOutput(out));
    }

    /** Standard output. */
    record ToOutput(PrintWriter out) implements LineTarget {

        @Override
        public boolean line(String line) {
            out.println(line);
            return !out.checkError();
        }

        @Override
        public void finish() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    /** A file, which only its owner may read at first. It lies beside the one that it becomes. */
    final class ToFile implements LineTarget {

        private final Path file;
        private final Path written;
        private final BufferedWriter out;

        ToFile(Path file) {
            this.file = file.toAbsolutePath();
            try {
                written = Files.createTempFile(this.file.getParent(), ".foundling-", ".part");
                out = Files.newBufferedWriter(written, StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw failure(failed);
            }
        }

        @Override
        public boolean line(String line) {
            try {
                out.write(line);
                out.write('\n');
                return true;
            } catch (IOException failed) {
                throw failure(failed);
            }
        }

        @Override
        public void finish() {
            try {
                out.close();
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failed) {
                throw failure(failed);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
                Files.deleteIfExists(written);
            } catch (IOException failed) {
                throw failure(failed);
            }
        }

        private CommandFailure failure(IOException failed) {
            return new CommandFailure(
                    ExitCode.UNEXPECTED, "--file " + file + " cannot be written: " + failed.getMessage());
        }
    }
}
