package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of events as a mapping file has them in one place: for the document, a rule or an event. What a place leaves
 * out, it takes from the place around it. Parent and attempt belong to their subject: a place with a subject of its own
 * takes neither. Metadata is added up.
 *
 * @param times how times are written in this place
 */
record WrittenParts(
        Optional<SubjectTemplate> subject,
        Optional<SubjectTemplate> parent,
        Optional<Expression> attempt,
        Optional<EventTime> time,
        List<Expression> eventId,
        EventTexts texts,
        List<MetadataEntry> metadata,
        TimeFormat times) {

    /** What is around the document. */
    static final WrittenParts NONE = new WrittenParts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new EventTexts(Optional.empty(), Optional.empty()),
            List.of(),
            TimeFormat.DEFAULT);

    /** In place of what cannot be read: that is a problem of its own, so the mapping is never used. */
    private static final Expression UNREADABLE = new Expression.Constant("unreadable");

    WrittenParts {
        eventId = List.copyOf(eventId);
        metadata = List.copyOf(metadata);
    }

    /** Reads the parts of a place. */
    static WrittenParts read(YamlSection section, WrittenParts around) {
        Optional<SubjectTemplate> subject = section.optional("subject").map(WrittenParts::subject);
        Optional<SubjectTemplate> parent = section.optional("parent").map(WrittenParts::subject);
        Optional<Expression> attempt = section.optional("attempt").flatMap(ExpressionReader::expression);
        Optional<EventTime> time = section.optional("time").map(value -> time(value, around.times));
        List<Expression> eventId =
                section.optional("eventId").map(WrittenParts::values).orElse(around.eventId);
        EventTexts texts = new EventTexts(
                section.optional("detail").flatMap(ExpressionReader::expression),
                section.optional("traceparent").flatMap(ExpressionReader::expression));
        List<MetadataEntry> metadata = new ArrayList<>(around.metadata);
        section.optional("metadata").map(WrittenParts::metadata).ifPresent(metadata::addAll);
        boolean ownSubject = subject.isPresent();
        return new WrittenParts(
                subject.or(around::subject),
                ownSubject ? parent : parent.or(around::parent),
                ownSubject ? attempt : attempt.or(around::attempt),
                time.or(around::time),
                eventId,
                texts.or(around.texts),
                metadata,
                time.map(EventTime::format).orElse(around.times));
    }

    /** Returns the keys that every event needs and that are neither here nor around. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (subject.isEmpty()) {
            missing.add("subject");
        }
        if (time.isEmpty()) {
            missing.add("time");
        }
        if (eventId.isEmpty()) {
            missing.add("eventId");
        }
        return missing;
    }

    /** Returns the parts of an event; nothing may be missing. */
    EventParts complete() {
        return new EventParts(subject.orElseThrow(), parent, attempt, time.orElseThrow(), texts, metadata);
    }

    private static SubjectTemplate subject(YamlValue value) {
        YamlSection section = value.section();
        Optional<YamlValue> kind = section.required("kind");
        SubjectTemplate subject = new SubjectTemplate(
                kind.flatMap(ExpressionReader::expression).orElse(UNREADABLE),
                part(section, "source"),
                part(section, "stage"),
                part(section, "id"));
        section.close();
        if (subject.kind() instanceof Expression.Constant name && name != UNREADABLE) {
            try {
                SubjectTemplate.kind(name.text());
            } catch (IllegalArgumentException unfit) {
                kind.orElseThrow().problem(kind.orElseThrow().path() + " is " + unfit.getMessage());
            }
        }
        return subject;
    }

    private static Expression part(YamlSection section, String key) {
        return section.required(key).flatMap(ExpressionReader::expression).orElse(UNREADABLE);
    }

    private static EventTime time(YamlValue value, TimeFormat around) {
        if (!value.isMapping()) {
            return constantTime(value, around);
        }
        YamlSection section = value.section();
        Expression source = ExpressionReader.source(value, section).orElse(UNREADABLE);
        TimeFormat format = TimeFormatReader.format(section, around).orElse(around);
        section.close();
        return new EventTime(source, format);
    }

    private static EventTime constantTime(YamlValue value, TimeFormat around) {
        Optional<String> text = ExpressionReader.text(value);
        try {
            text.ifPresent(around::parse);
        } catch (IllegalArgumentException unfit) {
            value.problem(value.path() + ": " + unfit.getMessage());
        }
        return new EventTime(text.<Expression>map(Expression.Constant::new).orElse(UNREADABLE), around);
    }

    /** A text is the name of a field here, as it was before there were other sources. */
    private static List<Expression> values(YamlValue value) {
        List<Expression> values = new ArrayList<>();
        for (YamlValue item : ExpressionReader.items(value)) {
            values.add(
                    item.isMapping()
                            ? ExpressionReader.expression(item).orElse(UNREADABLE)
                            : ExpressionReader.path(item, Input.Root.FIELD)
                                    .<Expression>map(path -> new Expression.Found(Input.Root.FIELD, path))
                                    .orElse(UNREADABLE));
        }
        return values.isEmpty() ? List.of(UNREADABLE) : values;
    }

    private static List<MetadataEntry> metadata(YamlValue list) {
        List<MetadataEntry> entries = new ArrayList<>();
        for (YamlValue item : ExpressionReader.items(list)) {
            YamlSection section = item.section();
            entries.add(new MetadataEntry(part(section, "key"), part(section, "value")));
            section.close();
        }
        return entries;
    }
}
