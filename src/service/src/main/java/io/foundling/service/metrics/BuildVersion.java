package io.foundling.service.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of this build and of the Kafka it was built with, as Maven wrote them into the jar. */
public final class BuildVersion {

    private static final String RESOURCE = "/io/foundling/service/build.properties";

    private BuildVersion() {}

    /** Returns a version such as {@code 0.1.0}. */
    public static String text() {
        return property("version");
    }

    /** Returns the version of Kafka's libraries, such as {@code 4.4.0}. */
    public static String kafka() {
        return property("kafka");
    }

    private static String property(String name) {
        Properties build = new Properties();
        try (InputStream resource = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            build.load(resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
        return build.getProperty(name);
    }
}
