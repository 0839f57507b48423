package io.foundling.service.mapping;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.util.Optional;

/** Makes the subject of a line. */
record SubjectTemplate(SubjectKind kind, Expression source, Expression stage, Expression id) {

    /**
     * Returns the subject of a line. A field that is present but empty gives an empty id: a record that came without
     * one.
     *
     * @throws RecordRejectedException if a field is absent, or source or stage is empty
     */
    Subject of(MappedRecord line) throws RecordRejectedException {
        if (id instanceof Expression.Field field && !line.has(field.name())) {
            throw new RecordRejectedException("has no field '" + field.name() + "'");
        }
        return new Subject(
                kind,
                required(source, line, "source"),
                required(stage, line, "stage"),
                id.in(line).orElse(""));
    }

    /** Returns the parent that a line names, if it names one. */
    Optional<Subject> ifNamed(MappedRecord line) throws RecordRejectedException {
        return id.in(line).orElse("").isEmpty() ? Optional.empty() : Optional.of(of(line));
    }

    private static String required(Expression part, MappedRecord line, String name) throws RecordRejectedException {
        return part.in(line)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RecordRejectedException("gives its subject no " + name));
    }
}
