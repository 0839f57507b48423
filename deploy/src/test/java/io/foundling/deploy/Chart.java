package io.foundling.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The Helm chart, as a user of Helm sees it. */
final class Chart {

    static final Path DIRECTORY = Path.of("chart");
    /** Helm alone assumes one that is older than the chart allows. */
    private static final String OLDEST_KUBERNETES = "1.27.0";

    static final Path EXAMPLES = Path.of("examples");

    private Chart() {}

    /** Renders a release called foundling with the values of a file of the examples. */
    static Manifests with(String example) {
        return with(EXAMPLES.resolve(example), Map.of());
    }

    /** As {@link #with(String)}, with single values over those of the file. */
    static Manifests with(String example, Map<String, ?> values) {
        return with(EXAMPLES.resolve(example), values);
    }

    /**
     * Renders a release called foundling.
     *
     * @throws IllegalStateException with what Helm says, if the values are refused
     */
    static Manifests with(Path file, Map<String, ?> values) {
        TemplateCommand command = release("foundling").withValuesFile(file);
        values.forEach(command::set);
        return Manifests.of(command.call());
    }

    /** Renders a release with the values of several files of the examples, the last of which count. */
    static Manifests release(String name, String... examples) {
        TemplateCommand command = release(name);
        for (String example : examples) {
            command.withValuesFile(EXAMPLES.resolve(example));
        }
        return Manifests.of(command.call());
    }

    private static TemplateCommand release(String name) {
        return new Helm(DIRECTORY)
                .template()
                .withName(name)
                .withNamespace("audit")
                .withKubeVersion(OLDEST_KUBERNETES);
    }

    /** Returns a file of the chart as a tree. */
    static JsonNode file(String name) {
        try {
            return Yaml.tree(Files.readString(DIRECTORY.resolve(name)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
