package io.foundling.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What {@code mvn -Prelease package} runs: builds the image for every architecture, and the chart, as OCI layouts in a
 * directory from which they can be sent to a registry.
 */
public final class BuildRelease {

    private BuildRelease() {}

    /** Takes the directory of this module, that of the release, the version, and the time of the build. */
    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        Path release = Path.of(arguments[1]);
        Path work = module.resolve("target/release");
        BuildImage.delete(work);
        BuildImage.delete(release.resolve("image"));
        BuildImage.delete(release.resolve("chart"));
        Map<Architecture, Path> archives = new EnumMap<>(Architecture.class);
        for (Architecture architecture : Architecture.values()) {
            Path directory = Files.createDirectories(work.resolve(architecture.label()));
            archives.put(
                    architecture,
                    new ImageBuild(module, "", architecture).build(directory).archive());
        }
        String image = ReleasedImage.write(archives, release.resolve("image"), arguments[2]);
        String chart = ReleasedChart.write(module.resolve("../chart"), release, Instant.parse(arguments[3]));
        BuildImage.delete(work);
        System.out.printf("image   %s%ndigest  %s%n", release.resolve("image"), image);
        System.out.printf("chart   %s%ndigest  %s%n", release.resolve("chart"), chart);
    }
}
