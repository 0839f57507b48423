package io.foundling.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Builds the image: a base, the jars of others, ours. An upgrade of Foundling alone ships the last layer. */
final class ImageBuild {

    private static final String USER = "10001:10001";
    private static final String ROOT = "0:0";
    private static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/opt/foundling");
    private static final AbsoluteUnixPath STATE = AbsoluteUnixPath.get("/var/lib/foundling");
    private static final AbsoluteUnixPath ENTRYPOINT = AbsoluteUnixPath.get("/usr/local/bin/foundling");
    private static final Instant UNCHANGING = FileEntriesLayer.DEFAULT_MODIFICATION_TIME;
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions DIRECTORY = FilePermissions.fromOctalString("755");
    private static final FilePermissions PRIVATE = FilePermissions.fromOctalString("750");

    private final Path module;
    private final String base;
    private final Architecture architecture;
    private final Properties build = new Properties();

    /**
     * Prepares a build.
     *
     * @param module the directory of this module
     * @param base an image in a registry; empty: made here
     */
    ImageBuild(Path module, String base, Architecture architecture) throws IOException {
        this.module = module;
        this.base = base;
        this.architecture = architecture;
        try (InputStream properties = ImageBuild.class.getResourceAsStream("build.properties")) {
            build.load(properties);
        }
    }

    /**
     * Builds it.
     *
     * @param directory where everything is made; must be empty or missing
     * @throws BaseUnavailableException if the base cannot be made on this machine
     */
    Image build(Path directory)
            throws IOException, InterruptedException, InvalidImageReferenceException, RegistryException,
                    ExecutionException, CacheDirectoryCreationException {
        Files.createDirectories(directory);
        Libraries libraries =
                Libraries.of(module.resolve("content/target/classpath"), directory.resolve("libraries"), architecture);
        String name = "foundling:" + build.getProperty("version");
        Path archive = directory.resolve("foundling-image" + architecture.suffix() + ".tar");
        // Caches of its own: nothing that an earlier build left can get into this one.
        JibContainer image = from(directory)
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture.label(), "linux")))
                .setFileEntriesLayers(
                        thirdParty(libraries), own(libraries, Files.createDirectories(directory.resolve("empty"))))
                .setEntrypoint(ENTRYPOINT.toString())
                .setUser(USER)
                .setWorkingDirectory(STATE)
                .setEnvironment(Map.of("LANG", "C.UTF-8", "MALLOC_ARENA_MAX", "2"))
                .setExposedPorts(Ports.parse(List.of("8080")))
                .setLabels(labels())
                .setCreationTime(Instant.parse(build.getProperty("created")))
                .containerize(Containerizer.to(TarImage.at(archive).named(name))
                        .setBaseImageLayersCache(directory.resolve("base-cache"))
                        .setApplicationLayersCache(directory.resolve("cache"))
                        .setToolName("foundling"));
        return new Image(
                archive, name, image.getDigest().toString(), image.getImageId().toString());
    }

    private JibContainerBuilder from(Path directory) throws IOException, InvalidImageReferenceException {
        if (base.isEmpty()) {
            return Jib.from(
                    TarImage.at(DebianBase.make(module.resolve("base"), directory.resolve("base"), architecture)));
        }
        ImageReference reference = ImageReference.parse(base);
        CredentialRetrieverFactory credentials = CredentialRetrieverFactory.forImage(reference, event -> {});
        return Jib.from(RegistryImage.named(reference)
                .addCredentialRetriever(credentials.dockerConfig())
                .addCredentialRetriever(credentials.wellKnownCredentialHelpers()));
    }

    private static FileEntriesLayer thirdParty(Libraries libraries) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("third party");
        addJars(layer, libraries.thirdParty());
        try (var files = Files.newDirectoryStream(libraries.nativeCode())) {
            files.forEach(file ->
                    layer.addEntry(file, HOME.resolve("native").resolve(file.getFileName()), FILE, UNCHANGING, ROOT));
        }
        return layer.build();
    }

    private FileEntriesLayer own(Libraries libraries, Path empty) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("foundling");
        addJars(layer, libraries.own());
        return layer.addEntry(module.resolve("entrypoint"), ENTRYPOINT, PROGRAM, UNCHANGING, ROOT)
                .addEntry(empty, AbsoluteUnixPath.get("/etc/foundling"), DIRECTORY, UNCHANGING, ROOT)
                .addEntry(empty, STATE, PRIVATE, UNCHANGING, USER)
                .build();
    }

    private static void addJars(FileEntriesLayer.Builder layer, List<Path> jars) {
        jars.forEach(
                jar -> layer.addEntry(jar, HOME.resolve("lib").resolve(jar.getFileName()), FILE, UNCHANGING, ROOT));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "org.opencontainers.image.title", "foundling",
                "org.opencontainers.image.description", "Finds the records that pipelines lose.",
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.version", build.getProperty("version"),
                "org.opencontainers.image.created", build.getProperty("created")));
        if (!base.isEmpty()) {
            labels.put("org.opencontainers.image.base.name", base);
        }
        if (!build.getProperty("revision").isEmpty()) {
            labels.put("org.opencontainers.image.revision", build.getProperty("revision"));
        }
        return labels;
    }
}
