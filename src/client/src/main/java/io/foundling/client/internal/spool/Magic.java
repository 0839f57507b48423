package io.foundling.client.internal.spool;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Reads the four bytes with which the files of a spool begin, by which they differ from those of other programs. */
final class Magic {

    private Magic() {}

    /** Returns the first four bytes of a file; empty if it is shorter, missing or no regular file. */
    static OptionalInt of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return OptionalInt.empty();
        }
        try (DataInputStream bytes = new DataInputStream(Files.newInputStream(file))) {
            return OptionalInt.of(bytes.readInt());
        } catch (EOFException | NoSuchFileException none) {
            return OptionalInt.empty();
        }
    }
}
