package io.foundling.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive as a registry or an engine would read it.
 *
 * @param entry the only one of the index: the manifest's digest and name
 * @param config what it says of itself
 * @param layers files of the layers, the lowest first
 * @param root all layers unpacked over each other; owners are only right if root unpacked them
 */
record ImageContent(JsonNode entry, JsonNode config, List<Path> layers, Path root) {

    /** Jib writes a header that GNU tar does not know. */
    static final String QUIET = "--warning=no-unknown-keyword";

    /** Unpacks it into a directory, which is emptied before. */
    static ImageContent of(Path archive, Path directory) {
        try {
            return unpack(archive, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageContent unpack(Path archive, Path directory) throws IOException {
        Shell.run("rm", "-rf", directory.toString());
        Path parts = Files.createDirectories(directory.resolve("parts"));
        Path root = Files.createDirectories(directory.resolve("root"));
        Shell.run("tar", "-xf", archive.toString(), "-C", parts.toString());
        ObjectMapper json = new ObjectMapper();
        JsonNode entry = json.readTree(parts.resolve("index.json").toFile())
                .get("manifests")
                .get(0);
        JsonNode manifest = json.readTree(blob(parts, entry).toFile());
        JsonNode config = json.readTree(blob(parts, manifest.get("config")).toFile());
        List<Path> layers = new ArrayList<>();
        for (JsonNode layer : manifest.get("layers")) {
            Path file = blob(parts, layer);
            Shell.run("tar", "-xpzf", file.toString(), QUIET, "--numeric-owner", "-C", root.toString());
            layers.add(file);
        }
        return new ImageContent(entry, config, layers, root);
    }

    private static Path blob(Path parts, JsonNode descriptor) {
        return parts.resolve("blobs").resolve(descriptor.get("digest").asText().replace(':', '/'));
    }

    /** Repository and tag. */
    String name() {
        return entry.at("/annotations/org.opencontainers.image.ref.name").asText();
    }

    /** One of its settings. */
    String text(String setting) {
        return config.get("config").get(setting).asText();
    }

    /** A list among its settings. */
    List<String> texts(String setting) {
        List<String> texts = new ArrayList<>();
        config.get("config").get(setting).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** The names of all files of a layer, directories with a slash at the end. */
    List<String> namesIn(int layer) {
        return Shell.run("tar", "-tzf", layers.get(layer).toString(), QUIET)
                .lines()
                .toList();
    }
}
