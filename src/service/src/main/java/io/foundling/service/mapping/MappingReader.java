package io.foundling.service.mapping;

import io.foundling.audit.Producer;
import io.foundling.topology.yaml.TextFile;
import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a mapping file strictly: an unknown key is a problem, and one exception lists all problems. */
public final class MappingReader {

    private final String file;
    private final MappingProblems problems;

    private MappingReader(String file, MappingProblems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a mapping file.
     *
     * @throws FileSystemException if it cannot be read; its reason follows the file's name
     * @throws InvalidMappingException if it has problems; the message lists all of them
     */
    public static Mapping read(Path file) throws FileSystemException {
        return read(file.getFileName().toString(), TextFile.read(file));
    }

    /**
     * Reads a mapping.
     *
     * @param file how errors, and the producer of the events, name it
     */
    public static Mapping read(String file, String yaml) {
        MappingProblems problems = new MappingProblems();
        Optional<YamlValue> document = YamlReader.read(yaml, problems);
        if (document.isEmpty() && problems.isEmpty()) {
            problems.add(1, "is empty");
        }
        return document.map(new MappingReader(file, problems)::mapping)
                .orElseThrow(() -> new InvalidMappingException(file, problems.sentences()));
    }

    private Mapping mapping(YamlValue document) {
        YamlSection top = document.section();
        WrittenParts parts = WrittenParts.read(top, WrittenParts.NONE);
        Producer producer = producer(top.optional("producer"));
        Optional<YamlSection> facts = top.required("facts").map(YamlValue::section);
        FactRules rules = facts.map(section -> rules(section, parts, top))
                .orElse(new FactRules(Optional.empty(), List.of(), false));
        facts.ifPresent(YamlSection::close);
        top.close();
        if (!problems.isEmpty()) {
            throw new InvalidMappingException(file, problems.sentences());
        }
        return new Mapping(rules, producer);
    }

    /** The instance must not differ between two replays: the same event is to have the same content. */
    private Producer producer(Optional<YamlValue> value) {
        Optional<YamlSection> section = value.map(YamlValue::section);
        Producer producer = new Producer(
                section.flatMap(present -> text(present, "service")).orElse("foundling-replay"),
                section.flatMap(present -> text(present, "instance")).orElse(file),
                section.flatMap(present -> text(present, "version")).orElse("1"),
                0L);
        section.ifPresent(YamlSection::close);
        return producer;
    }

    private static FactRules rules(YamlSection section, WrittenParts parts, YamlSection document) {
        Optional<Expression> field = section.optional("field")
                .flatMap(value -> ExpressionReader.path(value, Input.Root.FIELD))
                .map(path -> new Expression.Found(Input.Root.FIELD, path));
        RuleReader reader = new RuleReader(new ConditionReader(field), parts);
        List<FactRule> rules = section.required("rules").map(reader::rules).orElse(List.of());
        reader.missing().forEach(document::required);
        return new FactRules(field, rules, skipOthers(section));
    }

    private static boolean skipOthers(YamlSection section) {
        Optional<YamlValue> value = section.optional("otherwise");
        String otherwise = value.flatMap(ExpressionReader::text).orElse("reject");
        if (!otherwise.equals("reject") && !otherwise.equals("skip")) {
            value.orElseThrow().problem("facts.otherwise is '" + otherwise + "', must be reject or skip");
        }
        return otherwise.equals("skip");
    }

    private static Optional<String> text(YamlSection section, String key) {
        return section.optional(key).flatMap(ExpressionReader::text);
    }
}
