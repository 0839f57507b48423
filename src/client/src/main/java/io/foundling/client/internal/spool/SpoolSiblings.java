package io.foundling.client.internal.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory below which every recorder of a service has a spool of its own, so that one of them finds what another
 * has left. A recorder is alive as long as it holds the lock of its spool, in whatever process. Any thread.
 *
 * @param parent may be missing until the first recorder starts
 */
public record SpoolSiblings(Path parent) {

    private static final int MOST_OF_ONE_NAME = 1_000;

    /**
     * Opens the spool with this name, or with the name and a number if another recorder has it: one of the same name
     * that has not ended, or one that sends what an earlier recorder has left there; or if the directory has files of
     * another program that a spool would overwrite.
     *
     * @param usable whether the recorder can send what waits in a spool; one that it cannot is left as it is
     * @throws IOException if the directory cannot be used
     */
    public Spool open(String name, long maxBytes, byte[] description, SpoolFilter usable) throws IOException {
        for (int number = 1; number <= MOST_OF_ONE_NAME; number++) {
            Path directory = parent.resolve(number == 1 ? name : name + '.' + number);
            if (isOfAnotherProgram(directory)) {
                continue;
            }
            Optional<Spool> free = Spool.await(directory, maxBytes, description, OwnerOnly::open);
            if (free.isPresent() && isUsable(free.get(), usable)) {
                return free.get();
            }
        }
        throw new IOException("spool directory " + parent.resolve(name) + " and " + (MOST_OF_ONE_NAME - 1)
                + " others of its name are used by other recorders");
    }

    /** Returns the directories, with and without spools, in the order of their names. */
    public List<Path> directories() throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static boolean isOfAnotherProgram(Path directory) {
        try {
            return new SpoolDirectory(directory).hasForeignFiles();
        } catch (IOException unusable) {
            return false; // Opening the spool says why the directory cannot be used.
        }
    }

    private static boolean isUsable(Spool spool, SpoolFilter usable) throws IOException {
        boolean opened = false;
        try {
            opened = usable.accepts(spool);
            return opened;
        } finally {
            if (!opened) {
                spool.close();
            }
        }
    }
}
