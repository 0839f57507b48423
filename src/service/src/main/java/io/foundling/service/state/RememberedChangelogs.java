package io.foundling.service.state;

import io.foundling.service.rebuild.RebuiltChangelogs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of the changelogs that the stores of a state directory were written with, in a file there. Kafka Streams knows
 * a changelog by its name: stores would go on at their offsets in a changelog that was made anew, and keep what it does
 * not hold.
 */
public final class RememberedChangelogs {

    private static final Logger LOG = LoggerFactory.getLogger(RememberedChangelogs.class);
    private static final String FILE = "changelogs.properties";

    private final Path file;
    private final Path stores;

    /** @param application whose stores are in a directory of that name */
    public RememberedChangelogs(Path stateDirectory, String application) {
        file = stateDirectory.resolve(FILE);
        stores = stateDirectory.resolve(application);
    }

    /**
     * Deletes the stores if a rebuild has replaced their changelogs, and remembers those that exist. Called before any
     * store is opened.
     *
     * @param ids of the changelogs that exist, by name
     * @param rebuilt those that a rebuild made, asked only if there are others than before
     * @throws UnusableStateException if there are others than before, and no rebuild made them
     */
    public void compare(Map<String, Uuid> ids, Supplier<RebuiltChangelogs> rebuilt) throws IOException {
        Map<String, Uuid> replaced = replaced(ids);
        if (!replaced.isEmpty() && Files.exists(stores)) {
            if (!rebuilt.get().containsAll(replaced)) {
                throw madeAnewByOthers(replaced.keySet());
            }
            LOG.warn("{} was made anew: the stores in {} are deleted, and restored from it", replaced.keySet(), stores);
            delete();
        }
        Properties now = remembered();
        ids.forEach((name, id) -> now.setProperty(name, id.toString()));
        write(now);
    }

    /**
     * Remembers changelogs that were not known before. One that replaced another under the running service is left for
     * the next start to find.
     */
    public void remember(Map<String, Uuid> ids) throws IOException {
        Map<String, Uuid> replaced = replaced(ids);
        if (!replaced.isEmpty()) {
            LOG.error(
                    "{} was deleted and made anew while the service ran: it does not hold all of the state. Stop all"
                            + " instances, wait until their sessions have timed out, run 'foundling rebuild', and start",
                    replaced.keySet());
        }
        Properties now = remembered();
        ids.forEach((name, id) -> now.putIfAbsent(name, id.toString()));
        write(now);
    }

    /** Forgets the changelogs, as neither they nor the group exist any more. */
    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private Map<String, Uuid> replaced(Map<String, Uuid> ids) throws IOException {
        Properties remembered = remembered();
        Map<String, Uuid> replaced = new TreeMap<>();
        ids.forEach((name, id) -> {
            String former = remembered.getProperty(name);
            if (former != null && !former.equals(id.toString())) {
                replaced.put(name, id);
            }
        });
        return replaced;
    }

    private UnusableStateException madeAnewByOthers(Set<String> replaced) {
        return new UnusableStateException(
                replaced + " was deleted and made anew, and not by a rebuild. The stores in " + stores
                        + " are kept, since there may be no other whole state. Stop all instances, wait until their sessions"
                        + " have timed out, run 'foundling rebuild', which makes the state anew from what is published, and"
                        + " start. If the application was reset, delete " + stores.getParent() + " instead",
                null);
    }

    private Properties remembered() throws IOException {
        Properties remembered = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                remembered.load(in);
            } catch (IllegalArgumentException damaged) {
                throw new IOException(file + " is damaged, delete it", damaged);
            }
        }
        return remembered;
    }

    /** Replaces the file as a whole: half of it would be taken for a changelog that was made anew. */
    private void write(Properties remembered) throws IOException {
        if (remembered.equals(remembered())) {
            return;
        }
        Path written = Files.createTempFile(file.getParent(), FILE, ".new");
        try {
            try (OutputStream out = Files.newOutputStream(written)) {
                remembered.store(out, "Topic ids of the changelogs of the stores in this directory");
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(stores)) {
            return;
        }
        try (Stream<Path> found = Files.walk(stores)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
