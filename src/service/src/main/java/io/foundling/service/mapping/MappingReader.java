package io.foundling.service.mapping;

import io.foundling.audit.Producer;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.yaml.TextFile;
import io.foundling.topology.yaml.YamlReader;
import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        Optional<SubjectTemplate> subject = top.required("subject").flatMap(MappingReader::subject);
        Optional<SubjectTemplate> parent = top.optional("parent").flatMap(MappingReader::subject);
        Optional<YamlSection> time = top.required("time").map(YamlValue::section);
        Optional<String> timeField = time.flatMap(section -> text(section, "field"));
        TimeFormat times = time.flatMap(MappingReader::times).orElse(new TimeFormat(TimeFormat.ISO, Optional.empty()));
        time.ifPresent(YamlSection::close);
        List<String> eventId =
                top.required("eventId").map(ExpressionReader::texts).orElse(List.of());
        List<MetadataEntry> metadata =
                top.optional("metadata").map(RuleReader::metadata).orElse(List.of());
        EventDetails details =
                new EventDetails(expression(top, "attempt"), expression(top, "detail"), expression(top, "traceparent"));
        Producer producer = producer(top.optional("producer"));
        Optional<YamlSection> facts = top.required("facts").map(YamlValue::section);
        Optional<String> factField = facts.flatMap(section -> text(section, "field"));
        List<FactRule> rules =
                facts.map(section -> rules(section, new RuleReader(times))).orElse(List.of());
        boolean skipOthers = facts.map(MappingReader::skipOthers).orElse(false);
        facts.ifPresent(YamlSection::close);
        top.close();
        if (!problems.isEmpty()) {
            throw new InvalidMappingException(file, problems.sentences());
        }
        return new Mapping(
                subject.orElseThrow(),
                parent,
                new EventTime(timeField.orElseThrow(), times),
                eventId,
                details,
                metadata,
                producer,
                new FactRules(factField.orElseThrow(), rules, skipOthers));
    }

    private static Optional<SubjectTemplate> subject(YamlValue value) {
        YamlSection section = value.section();
        Optional<SubjectKind> kind = section.required("kind").flatMap(MappingReader::kind);
        Optional<Expression> source = section.required("source").flatMap(ExpressionReader::expression);
        Optional<Expression> stage = section.required("stage").flatMap(ExpressionReader::expression);
        Optional<Expression> id = section.required("id").flatMap(ExpressionReader::expression);
        section.close();
        if (kind.isEmpty() || source.isEmpty() || stage.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SubjectTemplate(kind.get(), source.get(), stage.get(), id.get()));
    }

    private static Optional<SubjectKind> kind(YamlValue value) {
        List<SubjectKind> known = Arrays.stream(SubjectKind.values())
                .filter(kind -> kind != SubjectKind.UNKNOWN)
                .toList();
        Optional<String> name = ExpressionReader.text(value);
        Optional<SubjectKind> kind = name.flatMap(wanted -> known.stream()
                .filter(one -> one.name().equals(wanted.toUpperCase(Locale.ROOT)))
                .findFirst());
        if (name.isPresent() && kind.isEmpty()) {
            value.problem(value.path() + " is '" + name.get() + "', must be one of " + known);
        }
        return kind;
    }

    private static Optional<TimeFormat> times(YamlSection section) {
        Optional<YamlValue> format = section.optional("format");
        Optional<ZoneId> zone = section.optional("zone").flatMap(MappingReader::zone);
        String name = format.flatMap(ExpressionReader::text).orElse(TimeFormat.ISO);
        try {
            return Optional.of(new TimeFormat(name, zone));
        } catch (IllegalArgumentException unknown) {
            format.orElseThrow()
                    .problem("time.format is '" + name
                            + "', must be iso, epoch-millis, epoch-seconds or a pattern such as"
                            + " dd.MM.yyyy HH:mm:ss: " + unknown.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(YamlValue value) {
        Optional<String> name = ExpressionReader.text(value);
        try {
            return name.map(ZoneId::of);
        } catch (DateTimeException unknown) {
            value.problem("time.zone is '" + name.get() + "', must be a zone such as Europe/Amsterdam");
            return Optional.empty();
        }
    }

    /** The instance must not differ between two replays: the same event is to have the same content. */
    private Producer producer(Optional<YamlValue> value) {
        Optional<YamlSection> section = value.map(YamlValue::section);
        Producer producer = new Producer(
                section.flatMap(present -> optionalText(present, "service")).orElse("foundling-replay"),
                section.flatMap(present -> optionalText(present, "instance")).orElse(file),
                section.flatMap(present -> optionalText(present, "version")).orElse("1"),
                0L);
        section.ifPresent(YamlSection::close);
        return producer;
    }

    private static List<FactRule> rules(YamlSection section, RuleReader ruleReader) {
        List<FactRule> rules = new ArrayList<>();
        section.required("rules")
                .map(ExpressionReader::items)
                .orElse(List.of())
                .forEach(value -> ruleReader.rule(value).ifPresent(rules::add));
        return rules;
    }

    private static boolean skipOthers(YamlSection section) {
        Optional<YamlValue> value = section.optional("otherwise");
        String otherwise = value.flatMap(ExpressionReader::text).orElse("reject");
        if (!otherwise.equals("reject") && !otherwise.equals("skip")) {
            value.orElseThrow().problem("facts.otherwise is '" + otherwise + "', must be reject or skip");
        }
        return otherwise.equals("skip");
    }

    private static Optional<Expression> expression(YamlSection section, String key) {
        return section.optional(key).flatMap(ExpressionReader::expression);
    }

    private static Optional<String> text(YamlSection section, String key) {
        return section.required(key).flatMap(ExpressionReader::text);
    }

    private static Optional<String> optionalText(YamlSection section, String key) {
        return section.optional(key).flatMap(ExpressionReader::text);
    }
}
