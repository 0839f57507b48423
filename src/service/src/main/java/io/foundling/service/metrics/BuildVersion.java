package io.foundling.service.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as Maven wrote it into the jar. */
public final class BuildVersion {

    private static final String RESOURCE = "/io/foundling/service/build.properties";

    private BuildVersion() {}

    /** Returns a version such as {@code 0.1.0}. */
    public static String text() {
        Properties build = new Properties();
        try (InputStream resource = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            build.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
        return build.getProperty("version");
    }
}
