package io.foundling.client.spool;

import io.foundling.client.internal.spool.SpoolView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Finds spools and reads what waits in them. It changes no file, and works while their recorders run. Pure functions.
 */
public final class SpoolExamination {

    /** The levels below a root: services and their instances. */
    private static final int DEEPEST = 2;

    private SpoolExamination() {}

    /**
     * Returns the spools of a directory, which may be that of one spool, of one service or the root, in the order of
     * their names.
     *
     * @param unreadable is called with each directory that cannot be read, and why; the search goes on with the others
     */
    public static List<Path> find(Path directory, BiConsumer<Path, IOException> unreadable) {
        List<Path> found = new ArrayList<>();
        find(directory, DEEPEST, found, unreadable);
        return found;
    }

    /** @throws IOException if the spool cannot be read */
    public static SpoolContent examine(Path directory) throws IOException {
        SpoolView view = SpoolView.of(directory);
        Tally tally = new Tally();
        long bytes = view.forEach(tally::add);
        return new SpoolContent(
                directory,
                view.isInUse(),
                tally.events(),
                bytes,
                tally.times(),
                tally.producers(),
                new SpoolContent.Damage(view.damagedBytes(), tally.unreadable(), view.damaged()));
    }

    private static void find(Path directory, int levels, List<Path> found, BiConsumer<Path, IOException> unreadable) {
        try {
            if (SpoolView.isSpool(directory)) {
                found.add(directory);
            } else if (levels > 0) {
                for (Path child : children(directory)) {
                    find(child, levels - 1, found, unreadable);
                }
            }
        } catch (NoSuchFileException removed) {
            // Its recorder has ended, or another one has sent what was in it.
        } catch (IOException failure) {
            unreadable.accept(directory, failure);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
