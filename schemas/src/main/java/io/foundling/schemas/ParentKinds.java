package io.foundling.schemas;

import io.foundling.audit.SubjectKind;
import java.util.List;
import java.util.Locale;

/** The kinds of subject that can be the parent of others: all that a reader knows, except RECORD. */
public final class ParentKinds {

    /** As a sentence names them. */
    public static final String NAMES = "BATCH, EXPORT, SCOPE or OPERATION";

    private static final List<SubjectKind> KINDS =
            List.of(SubjectKind.BATCH, SubjectKind.EXPORT, SubjectKind.SCOPE, SubjectKind.OPERATION);

    private static final List<String> KEYS = KINDS.stream()
            .map(kind -> kind.name().toLowerCase(Locale.ROOT) + '/')
            .toList();

    private ParentKinds() {}

    /** Whether a subject of this kind can be a parent. */
    public static boolean include(SubjectKind kind) {
        return KINDS.contains(kind);
    }

    /** Whether the subject with this key can be a parent. */
    public static boolean includeKindOf(String subjectKey) {
        for (String beginning : KEYS) {
            if (subjectKey.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }
}
