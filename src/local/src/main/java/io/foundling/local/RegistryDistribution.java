package io.foundling.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Finds the unpacked registry: in the build directory of this module, beside its classes or jar, or where a system
 * property points.
 */
final class RegistryDistribution {

    /** System property: the directory of the unpacked distribution. */
    static final String PROPERTY = "foundling.local.registry";

    private static final String RUNNER = "apicurio-registry-app-*-runner.jar";

    private RegistryDistribution() {}

    /** Returns the runner jar, whose manifest names all other jars. */
    static Path runnerJar() {
        String configured = System.getProperty(PROPERTY, "");
        Path home = configured.isBlank() ? ownCode().resolveSibling("registry") : Path.of(configured);
        return runnerJarIn(home.toAbsolutePath());
    }

    /** Returns the directory or jar from which this class was loaded. */
    static Path ownCode() {
        try {
            return Path.of(RegistryDistribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The location of this class is no file", e);
        }
    }

    private static Path runnerJarIn(Path home) {
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(home, RUNNER)) {
                Iterator<Path> found = jars.iterator();
                if (found.hasNext()) {
                    return found.next();
                }
            } catch (IOException e) {
                throw new LocalStartException("The directory " + home + " cannot be read: " + e.getMessage(), e);
            }
        }
        throw new LocalStartException("No schema registry found: " + home + " holds no " + RUNNER
                + ". Build the module src/local, which unpacks it, or set -D" + PROPERTY
                + " to the directory of an unpacked apicurio-registry-app distribution.");
    }
}
