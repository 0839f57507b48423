package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two images under one name; here each has only a configuration, and what joins them does not look into it. */
class ReleasedImageTest {

    @TempDir
    private Path directory;

    private final Map<Architecture, Path> archives = new EnumMap<>(Architecture.class);

    @BeforeEach
    void requireSkopeo() throws IOException {
        if (!Shell.knows("skopeo")) {
            BuiltImages.missing("skopeo, a Debian package, is not installed");
        }
        for (Architecture architecture : Architecture.values()) {
            archives.put(architecture, archive(architecture));
        }
    }

    @Test
    void shouldOfferTheImageOfEachArchitecture() throws IOException {
        // When
        ReleasedImage.write(archives, directory.resolve("image"), "7.1.0");

        // Then
        for (Architecture architecture : Architecture.values()) {
            JsonNode config = new ObjectMapper()
                    .readTree(Shell.run(
                            "skopeo",
                            "inspect",
                            "--config",
                            "--override-arch",
                            architecture.label(),
                            "--override-os",
                            "linux",
                            "oci:" + directory.resolve("image") + ":7.1.0"));
            assertThat(config.get("architecture").textValue()).isEqualTo(architecture.label());
        }
    }

    @Test
    void shouldBeSentWithAllArchitecturesAndItsDigest() throws IOException {
        // When
        String digest = ReleasedImage.write(archives, directory.resolve("image"), "7.1.0");

        // Then
        Path copy = directory.resolve("copy");
        Shell.run(
                "skopeo",
                "copy",
                "--all",
                "--preserve-digests",
                "oci:" + directory.resolve("image") + ":7.1.0",
                "dir:" + copy);
        assertThat("sha256:"
                        + Shell.run("sha256sum", copy.resolve("manifest.json").toString()))
                .startsWith(digest + ' ');
        assertThat(new ObjectMapper()
                        .readTree(copy.resolve("manifest.json").toFile())
                        .at("/manifests"))
                .extracting(manifest -> manifest.at("/platform/architecture").textValue())
                .containsExactly("amd64", "arm64");
    }

    /** As Jib writes it: a layout with one image, in an archive. */
    private Path archive(Architecture architecture) throws IOException {
        Path layout = directory.resolve(architecture.label());
        OciLayout image = new OciLayout(layout);
        ObjectMapper json = new ObjectMapper();
        var manifest = json.createObjectNode().put("schemaVersion", 2).put("mediaType", OciLayout.MANIFEST);
        String config = "{\"architecture\":\"%s\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .formatted(architecture.label());
        manifest.set(
                "config",
                image.write("application/vnd.oci.image.config.v1+json", config.getBytes(StandardCharsets.UTF_8)));
        manifest.putArray("layers");
        image.end(image.write(OciLayout.MANIFEST, manifest), "7.1.0");
        Path archive = directory.resolve(architecture.label() + ".tar");
        Shell.run("tar", "-cf", archive.toString(), "-C", layout.toString(), "index.json", "oci-layout", "blobs");
        assertThat(Files.size(archive)).isPositive();
        return archive;
    }
}
