package io.foundling.console.model.table;

import io.foundling.audit.Subject;
import java.util.List;
import java.util.function.Function;

/** The columns that the parts of a subject have in every table. */
final class SubjectColumns {

    static final String KEY = "subject_key";

    private SubjectColumns() {}

    static <T> List<Column<T>> of(Function<T, Subject> subject) {
        return List.of(
                Column.name("kind", record -> subject.apply(record).getKind()),
                Column.text("source", record -> subject.apply(record).getSource()),
                Column.text("stage", record -> subject.apply(record).getStage()),
                Column.text("id", record -> subject.apply(record).getId()));
    }

    /** Returns its key, too. */
    static <T> List<Column<T>> withKey(Function<T, Subject> subject) {
        List<Column<T>> parts = of(subject);
        return List.of(Column.subjectKey(KEY, subject), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }
}
