package io.foundling.topology.topics;

import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the form of topics.yaml strictly. */
final class TopicsReader {

    private final List<String> problems = new ArrayList<>();

    private TopicsReader() {}

    /**
     * Reads contracts.
     *
     * @throws IOException if anything is wrong; the message has a line for each problem
     */
    static List<TopicContract> read(String yaml) throws IOException {
        TopicsReader reader = new TopicsReader();
        List<TopicContract> contracts =
                YamlReader.read(yaml, reader::problem).map(reader::contracts).orElse(List.of());
        if (!reader.problems.isEmpty()) {
            throw new IOException(String.join("\n", reader.problems));
        }
        return contracts;
    }

    private void problem(int line, String sentence) {
        problems.add("line " + line + ": " + sentence);
    }

    private List<TopicContract> contracts(YamlValue document) {
        YamlSection section = document.section();
        List<TopicContract> contracts = new ArrayList<>();
        section.required("topics")
                .flatMap(YamlValue::items)
                .ifPresent(items -> items.forEach(item -> contract(item).ifPresent(contracts::add)));
        section.close();
        return contracts;
    }

    private Optional<TopicContract> contract(YamlValue item) {
        int before = problems.size();
        YamlSection section = item.section();
        String name = text(section.required("name"));
        String key = text(section.required("key"));
        String value = text(section.required("value"));
        int partitions = read(section.required("partitions"), TopicsReader::number, "a whole number", 1);
        boolean likeSources = flag(section.optional("partitionedLikeSources"));
        boolean source = flag(section.optional("source"));
        Map<String, String> config = new TreeMap<>();
        section.required("config")
                .ifPresent(settings -> settings.section()
                        .all()
                        .forEach((setting, written) -> config.put(setting, text(Optional.of(written)))));
        String why = text(section.required("why"));
        section.close();
        if (problems.size() > before) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TopicContract(name, key, value, partitions, likeSources, source, config, why));
        } catch (IllegalArgumentException contradiction) {
            item.problem(contradiction.getMessage());
            return Optional.empty();
        }
    }

    private static String text(Optional<YamlValue> value) {
        return value.flatMap(YamlValue::text).orElse("");
    }

    private static boolean flag(Optional<YamlValue> value) {
        return read(value, TopicsReader::flag, "true or false", false);
    }

    /** Returns the value; after a problem the other one, although nothing uses a contract with a problem. */
    private static <T> T read(
            Optional<YamlValue> value, Function<String, Optional<T>> parser, String expected, T otherwise) {
        Optional<String> text = value.flatMap(YamlValue::text);
        Optional<T> parsed = text.flatMap(parser);
        if (text.isPresent() && parsed.isEmpty()) {
            value.get().problem(value.get().path() + " is '" + text.get() + "', expected " + expected);
        }
        return parsed.orElse(otherwise);
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> flag(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
    }
}
