package io.foundling.image;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The jars of the service with their native code put beside them: jars bring it for every platform and unpack theirs into
 * the temporary directory at each start, which costs 65 MB here and fails where that directory is mounted noexec.
 */
final class Libraries {

    private static final Set<String> NATIVE = Set.of("so", "dll", "dylib", "jnilib", "a");

    /** Of what is repacked; local, as zip files store it. A month earlier Java would add an instant, and so the time zone. */
    private static final LocalDateTime UNCHANGING = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Path directory;
    private final Architecture architecture;

    private Libraries(Path directory, Architecture architecture) {
        this.directory = directory;
        this.architecture = architecture;
    }

    /**
     * Takes over what Maven resolved.
     *
     * @param classpath a file that names the jars
     * @param directory where the changed jars and the native code go; must not exist
     */
    static Libraries of(Path classpath, Path directory, Architecture architecture) throws IOException {
        Libraries libraries = new Libraries(directory, architecture);
        Files.createDirectories(libraries.nativeCode());
        Files.createDirectories(directory.resolve("lib"));
        for (String jar : Files.readString(classpath).strip().split(File.pathSeparator)) {
            libraries.take(Path.of(jar));
        }
        return libraries;
    }

    /** The jars of this project. */
    List<Path> own() throws IOException {
        return jars().stream().filter(Libraries::isOwn).toList();
    }

    /** All other jars. */
    List<Path> thirdParty() throws IOException {
        return jars().stream().filter(jar -> !isOwn(jar)).toList();
    }

    /** The directory with the native code. */
    Path nativeCode() {
        return directory.resolve("native");
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> jars = Files.list(directory.resolve("lib"))) {
            return jars.sorted().toList();
        }
    }

    private void take(Path jar) throws IOException {
        Path taken = directory.resolve("lib").resolve(jar.getFileName());
        try (ZipFile content = new JarFile(jar.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(content.entries());
            // Ours are repacked too: Maven stores the modes of files, which depend on the umask.
            if (!isOwn(jar) && entries.stream().noneMatch(Libraries::isNative)) {
                Files.copy(jar, taken);
                return;
            }
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(taken))) {
                for (ZipEntry entry : entries) {
                    take(content, entry, out);
                }
            }
        }
    }

    private void take(ZipFile content, ZipEntry entry, ZipOutputStream out) throws IOException {
        if (!isNative(entry)) {
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTimeLocal(UNCHANGING);
            out.putNextEntry(copy);
            content.getInputStream(entry).transferTo(out);
            out.closeEntry();
            return;
        }
        String name = architecture.keptAs(entry.getName());
        if (name != null) {
            try (OutputStream file = Files.newOutputStream(nativeCode().resolve(name))) {
                content.getInputStream(entry).transferTo(file);
            }
        }
    }

    private static boolean isNative(ZipEntry entry) {
        String name = entry.getName();
        return NATIVE.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isOwn(Path jar) {
        return jar.getFileName().toString().startsWith("foundling-");
    }
}
