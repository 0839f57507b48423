package io.foundling.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What {@code mvn -Pimage package} runs: builds the image into {@code target} and says what it is. */
public final class BuildImage {

    private BuildImage() {}

    /** Takes the directory of this module, the architecture, and the base if it is one in a registry. */
    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        Architecture architecture = Architecture.of(arguments[1]);
        String base = arguments.length > 2 && arguments[2] != null ? arguments[2] : "";
        Path work = module.resolve("target/image");
        delete(work);
        Image image = new ImageBuild(module, base, architecture).build(work);
        Path archive = module.resolve("target").resolve(image.archive().getFileName());
        Files.deleteIfExists(archive);
        Files.move(image.archive(), archive);
        delete(work);
        Files.writeString(
                module.resolve("target/foundling-image" + architecture.suffix() + ".digest"), image.digest() + "\n");
        System.out.printf(
                "image   %s%nsize    %.1f MB%nname    %s%ndigest  %s%nid      %s%n",
                archive, Files.size(archive) / 1e6, image.name(), image.digest(), image.id());
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
    }
}
