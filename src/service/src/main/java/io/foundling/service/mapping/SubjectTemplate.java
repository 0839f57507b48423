package io.foundling.service.mapping;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the subject of a record. */
record SubjectTemplate(Expression kind, Expression source, Expression stage, Expression id) {

    private static final Map<String, SubjectKind> KINDS = Arrays.stream(SubjectKind.values())
            .filter(kind -> kind != SubjectKind.UNKNOWN)
            .collect(Collectors.toMap(SubjectKind::name, kind -> kind, (one, same) -> one, LinkedHashMap::new));

    /**
     * Returns a kind by its name, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    static SubjectKind kind(String name) {
        SubjectKind kind = KINDS.get(name.toUpperCase(Locale.ROOT));
        if (kind == null) {
            throw new IllegalArgumentException("'" + name + "', must be one of " + KINDS.keySet());
        }
        return kind;
    }

    /**
     * Returns the subject of a record. An id that is present but empty gives an empty id: a record that came without
     * one.
     *
     * @throws RecordRejectedException if a part is absent, or kind, source or stage is empty or unfit
     */
    Subject of(Input input) throws RecordRejectedException {
        if (id.isAbsent(input)) {
            throw new RecordRejectedException("has no " + id.name());
        }
        return new Subject(
                kind(input),
                required(source, input, "source"),
                required(stage, input, "stage"),
                id.in(input).orElse(""));
    }

    /** Returns the parent that a record names, if it names one. */
    Optional<Subject> ifNamed(Input input) throws RecordRejectedException {
        return id.in(input).orElse("").isEmpty() ? Optional.empty() : Optional.of(of(input));
    }

    private SubjectKind kind(Input input) throws RecordRejectedException {
        try {
            return kind(required(kind, input, "kind"));
        } catch (IllegalArgumentException unfit) {
            throw new RecordRejectedException("has as its subject's kind " + unfit.getMessage());
        }
    }

    private static String required(Expression part, Input input, String name) throws RecordRejectedException {
        String text = part.in(input).orElse("");
        if (text.isEmpty()) {
            throw new RecordRejectedException("gives its subject no " + name);
        }
        return text;
    }
}
