package io.foundling.service.replay.mapping;

import io.foundling.audit.Producer;
import io.foundling.audit.SubjectKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a mapping file strictly: an unknown key is a problem, and all problems are told at once. */
public final class MappingReader {

    private final String file;
    private final Problems problems = new Problems();
    private final ExpressionReader expressions = new ExpressionReader(problems);

    private MappingReader(String file) {
        this.file = file;
    }

    /**
     * Reads a mapping file.
     *
     * @throws IOException if there is no such file, or it cannot be read
     * @throws InvalidMappingException if it is not what a mapping must be
     */
    public static Mapping read(Path file) throws IOException {
        try (Reader yaml = Files.newBufferedReader(file)) {
            return read(file.getFileName().toString(), yaml);
        }
    }

    /**
     * Reads a mapping.
     *
     * @param file how errors, and the producer of the events, name it
     */
    public static Mapping read(String file, Reader yaml) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(yaml);
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            throw new InvalidMappingException(file, List.of("line " + line + ": is no YAML: " + broken.getProblem()));
        } catch (YAMLException broken) {
            throw new InvalidMappingException(file, List.of("is no YAML: " + broken.getMessage()));
        }
        if (root == null) {
            throw new InvalidMappingException(file, List.of("line 1: is empty"));
        }
        return new MappingReader(file).mapping(root);
    }

    private Mapping mapping(Node root) {
        Section top = new Section("the mapping", root, problems);
        Optional<SubjectTemplate> subject = top.required("subject").flatMap(node -> subject("subject", node));
        Optional<SubjectTemplate> parent = top.optional("parent").flatMap(node -> subject("parent", node));
        Optional<Section> time = top.required("time").map(node -> new Section("time", node, problems));
        Optional<String> timeField = time.flatMap(section -> text(section, "field"));
        TimeFormat times = time.flatMap(this::times).orElse(new TimeFormat(TimeFormat.ISO, Optional.empty()));
        time.ifPresent(Section::close);
        List<String> eventId = top.required("eventId")
                .map(node -> expressions.texts("eventId", node))
                .orElse(List.of());
        RuleReader ruleReader = new RuleReader(problems, times);
        List<MetadataEntry> metadata = top.optional("metadata")
                .map(node -> ruleReader.metadata("metadata", node))
                .orElse(List.of());
        Optional<Expression> attempt = expression(top, "attempt");
        Optional<Expression> detail = expression(top, "detail");
        Optional<Expression> traceparent = expression(top, "traceparent");
        Producer producer = producer(top.optional("producer"));
        Optional<Section> facts = top.required("facts").map(node -> new Section("facts", node, problems));
        Optional<String> factField = facts.flatMap(section -> text(section, "field"));
        List<FactRule> rules = facts.map(section -> rules(section, ruleReader)).orElse(List.of());
        boolean skipOthers = facts.map(this::skipOthers).orElse(false);
        facts.ifPresent(Section::close);
        top.close();
        if (!problems.isEmpty()) {
            throw new InvalidMappingException(file, problems.sentences());
        }
        return new Mapping(
                subject.orElseThrow(),
                parent,
                timeField.orElseThrow(),
                times,
                eventId,
                attempt,
                detail,
                traceparent,
                metadata,
                producer,
                factField.orElseThrow(),
                rules,
                skipOthers);
    }

    private Optional<SubjectTemplate> subject(String path, Node node) {
        Section section = new Section(path, node, problems);
        Optional<SubjectKind> kind = section.required("kind").flatMap(name -> kind(section.path("kind"), name));
        Optional<Expression> source = required(section, "source");
        Optional<Expression> stage = required(section, "stage");
        Optional<Expression> id = required(section, "id");
        section.close();
        if (kind.isEmpty() || source.isEmpty() || stage.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SubjectTemplate(kind.get(), source.get(), stage.get(), id.get()));
    }

    private Optional<SubjectKind> kind(String path, Node node) {
        List<SubjectKind> known = Arrays.stream(SubjectKind.values())
                .filter(kind -> kind != SubjectKind.UNKNOWN)
                .toList();
        Optional<String> name = expressions.text(path, node);
        Optional<SubjectKind> kind = name.flatMap(wanted -> known.stream()
                .filter(one -> one.name().equals(wanted.toUpperCase(Locale.ROOT)))
                .findFirst());
        if (name.isPresent() && kind.isEmpty()) {
            problems.add(node, path + " is '" + name.get() + "', must be one of " + known);
        }
        return kind;
    }

    private Optional<TimeFormat> times(Section section) {
        Optional<Node> format = section.optional("format");
        Optional<Node> zone = section.optional("zone");
        Optional<ZoneId> zoneId = zone.flatMap(node -> {
            Optional<String> name = expressions.text("time.zone", node);
            try {
                return name.map(ZoneId::of);
            } catch (DateTimeException unknown) {
                problems.add(node, "time.zone is '" + name.get() + "', must be a zone such as Europe/Amsterdam");
                return Optional.empty();
            }
        });
        String name =
                format.flatMap(node -> expressions.text("time.format", node)).orElse(TimeFormat.ISO);
        try {
            return Optional.of(new TimeFormat(name, zoneId));
        } catch (IllegalArgumentException unknown) {
            problems.add(
                    format.orElseThrow(),
                    "time.format is '" + name + "', must be iso, epoch-millis, epoch-seconds or a pattern such as"
                            + " dd.MM.yyyy HH:mm:ss: " + unknown.getMessage());
            return Optional.empty();
        }
    }

    /** The instance must not differ between two replays: the same event is to have the same content. */
    private Producer producer(Optional<Node> node) {
        Optional<Section> section = node.map(present -> new Section("producer", present, problems));
        Producer producer = new Producer(
                section.flatMap(present -> optionalText(present, "service")).orElse("foundling-replay"),
                section.flatMap(present -> optionalText(present, "instance")).orElse(file),
                section.flatMap(present -> optionalText(present, "version")).orElse("1"),
                0L);
        section.ifPresent(Section::close);
        return producer;
    }

    private List<FactRule> rules(Section section, RuleReader ruleReader) {
        List<FactRule> rules = new ArrayList<>();
        section.required("rules")
                .map(node -> expressions.items("facts.rules", node))
                .orElse(List.of())
                .forEach(node -> ruleReader
                        .rule("facts.rules[" + rules.size() + "]", node)
                        .ifPresent(rules::add));
        return rules;
    }

    private boolean skipOthers(Section section) {
        Optional<Node> node = section.optional("otherwise");
        String otherwise = node.flatMap(value -> expressions.text("facts.otherwise", value))
                .orElse("reject");
        if (!otherwise.equals("reject") && !otherwise.equals("skip")) {
            problems.add(node.orElseThrow(), "facts.otherwise is '" + otherwise + "', must be reject or skip");
        }
        return otherwise.equals("skip");
    }

    private Optional<Expression> expression(Section section, String key) {
        return section.optional(key).flatMap(node -> expressions.expression(key, node));
    }

    private Optional<Expression> required(Section section, String key) {
        return section.required(key).flatMap(node -> expressions.expression(section.path(key), node));
    }

    private Optional<String> text(Section section, String key) {
        return section.required(key).flatMap(node -> expressions.text(section.path(key), node));
    }

    private Optional<String> optionalText(Section section, String key) {
        return section.optional(key).flatMap(node -> expressions.text(section.path(key), node));
    }
}
