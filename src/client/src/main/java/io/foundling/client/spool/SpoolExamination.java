package io.foundling.client.spool;

import io.foundling.client.internal.spool.SpoolView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds spools and reads what waits in them. It changes no file, and works while their recorders run. Pure functions. */
public final class SpoolExamination {

    /** The levels below a root: services and their instances. */
    private static final int DEEPEST = 2;

    private SpoolExamination() {}

    /**
     * Returns the spools of a directory, which may be that of one spool, of one service or the root, in the order of
     * their names.
     *
     * @throws IOException if a directory cannot be read
     */
    public static List<Path> find(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        find(directory, DEEPEST, found);
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

    private static void find(Path directory, int levels, List<Path> found) throws IOException {
        if (SpoolView.isSpool(directory)) {
            found.add(directory);
        } else if (levels > 0) {
            try (Stream<Path> children = Files.list(directory)) {
                for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
                    find(child, levels - 1, found);
                }
            }
        }
    }
}
