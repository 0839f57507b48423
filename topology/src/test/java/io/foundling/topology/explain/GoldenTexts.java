package io.foundling.topology.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Explanations as they should read, one file for each group of stories; {@code -Dgolden.update=true} writes them anew. */
final class GoldenTexts implements BeforeEachCallback, AfterAllCallback {

    private static final Path DIRECTORY = Path.of("src/test/resources/explain");
    private static final String TITLE = "==== ";

    private final Map<String, Map<String, String>> written = new TreeMap<>();
    private final Map<String, Class<?>> groups = new TreeMap<>();
    private String group;
    private String story;

    /** Takes the class for a group, and the name of the test for a story. */
    @Override
    public void beforeEach(ExtensionContext context) {
        group = context.getRequiredTestMethod().getDeclaringClass().getSimpleName();
        groups.put(group, context.getRequiredTestMethod().getDeclaringClass());
        String name = context.getRequiredTestMethod().getName();
        story = context.getDisplayName().startsWith("[") ? name + ' ' + context.getDisplayName() : name;
    }

    /** Compares the text of the present story with the one that is kept, or keeps it. */
    void check(String text) {
        if (Boolean.getBoolean("golden.update")) {
            written.computeIfAbsent(group, none -> new TreeMap<>()).put(story, text);
        } else {
            assertThat(text)
                    .as("%s of %s.txt; if the change is meant, run the test with -Dgolden.update=true", story, group)
                    .isEqualTo(read(group).get(story));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!Boolean.getBoolean("golden.update")) {
            groups.forEach((group, tests) -> assertThat(read(group).keySet())
                    .as("stories of %s.txt; those without a test go when a test runs with -Dgolden.update=true", group)
                    .allMatch(story -> isOfTest(story, tests)));
        }
        written.forEach((group, told) -> {
            Map<String, String> stories = new TreeMap<>(read(group));
            stories.keySet().removeIf(kept -> !isOfTest(kept, groups.get(group)));
            stories.putAll(told);
            StringBuilder text = new StringBuilder();
            stories.forEach((story, each) ->
                    text.append(TITLE).append(story).append('\n').append(each));
            try {
                Files.createDirectories(DIRECTORY);
                Files.writeString(DIRECTORY.resolve(group + ".txt"), text);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** A run of some tests says nothing of the stories of the others, but each story must have its test. */
    private static boolean isOfTest(String story, Class<?> group) {
        String name = story.split(" ", 2)[0];
        return Arrays.stream(group.getDeclaredMethods())
                .anyMatch(method -> method.getName().equals(name));
    }

    private static Map<String, String> read(String group) {
        if (!Files.exists(DIRECTORY.resolve(group + ".txt"))) {
            return Map.of();
        }
        try {
            Map<String, String> stories = new TreeMap<>();
            for (String block :
                    Files.readString(DIRECTORY.resolve(group + ".txt")).split("(?m)^" + TITLE)) {
                int end = block.indexOf('\n');
                if (end > 0) {
                    stories.put(block.substring(0, end), block.substring(end + 1));
                }
            }
            return stories;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
