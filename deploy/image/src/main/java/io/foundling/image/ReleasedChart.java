package io.foundling.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The chart as Helm keeps it in a registry: an archive of its files, and what Chart.yaml says of it as configuration.
 * The archive alone is what {@code helm push} takes.
 */
final class ReleasedChart {

    private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";
    private static final String CONTENT = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private ReleasedChart() {}

    /**
     * Writes it.
     *
     * @param chart its directory
     * @param release where {@code NAME-VERSION.tgz} goes, and the layout {@code chart}
     * @param created the time of everything in it
     * @return the digest of the manifest
     */
    static String write(Path chart, Path release, Instant created) throws IOException {
        JsonNode about = new YAMLMapper().readTree(chart.resolve("Chart.yaml").toFile());
        String name = about.get("name").textValue();
        String version = about.get("version").textValue();
        byte[] archive = archive(chart, name, created);
        Files.createDirectories(release);
        Files.write(release.resolve(name + '-' + version + ".tgz"), archive);
        OciLayout layout = new OciLayout(release.resolve("chart"));
        ObjectNode manifest =
                new ObjectMapper().createObjectNode().put("schemaVersion", 2).put("mediaType", OciLayout.MANIFEST);
        manifest.set("config", layout.write(CONFIG, about));
        manifest.putArray("layers").add(layout.write(CONTENT, archive));
        manifest.putObject("annotations")
                .put("org.opencontainers.image.title", name)
                .put("org.opencontainers.image.version", version)
                .put(
                        "org.opencontainers.image.description",
                        about.get("description").textValue())
                .put("org.opencontainers.image.created", created.toString());
        ObjectNode descriptor = layout.write(OciLayout.MANIFEST, manifest);
        layout.end(descriptor, version);
        return descriptor.get("digest").textValue();
    }

    private static byte[] archive(Path chart, String name, Instant created) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            for (Path file : files(chart)) {
                TarArchiveEntry entry = new TarArchiveEntry(name + '/' + chart.relativize(file));
                entry.setSize(Files.size(file));
                entry.setMode(0644);
                entry.setModTime(created.toEpochMilli());
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** As .helmignore says: no hidden files, none that an editor leaves. */
    private static List<Path> files(Path chart) throws IOException {
        try (Stream<Path> tree = Files.walk(chart)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches("\\..*|.*\\.swp"))
                    .sorted()
                    .toList();
        }
    }
}
