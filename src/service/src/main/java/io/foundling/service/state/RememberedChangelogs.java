package io.foundling.service.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
     * Deletes the stores if a changelog is another one by now, and remembers those that exist. Called before any store is
     * opened.
     *
     * @param ids of the changelogs that exist, by name
     */
    public void compare(Map<String, Uuid> ids) {
        try {
            Properties remembered = remembered();
            List<String> replaced = ids.entrySet().stream()
                    .filter(each -> isOther(remembered.getProperty(each.getKey()), each.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!replaced.isEmpty()) {
                LOG.warn("{} was made anew: the stores in {} are deleted, and restored from it", replaced, stores);
                delete();
            }
            remember(ids);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isOther(String remembered, Uuid id) {
        return remembered != null && !remembered.equals(id.toString());
    }

    /** Remembers the changelogs. */
    public void remember(Map<String, Uuid> ids) throws IOException {
        Properties remembered = remembered();
        ids.forEach((name, id) -> remembered.setProperty(name, id.toString()));
        if (!remembered.equals(remembered())) {
            try (OutputStream out = Files.newOutputStream(file)) {
                remembered.store(out, "Topic ids of the changelogs of the stores in this directory");
            }
        }
    }

    private Properties remembered() throws IOException {
        Properties remembered = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                remembered.load(in);
            }
        }
        return remembered;
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
