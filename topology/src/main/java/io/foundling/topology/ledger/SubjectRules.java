package io.foundling.topology.ledger;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.audit.ViolationType;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.lifecycle.Texts;
import io.foundling.topology.lifecycle.Violation;
import java.util.Optional;

/** What a subject must be for its events to be applied (rule L2). Whoever takes events in asks before it takes them. Pure. */
public final class SubjectRules {

    /** The longest key of a subject. */
    public static final int MAX_KEY_BYTES = 1_024;

    private static final int SHOWN = 80;

    private SubjectRules() {}

    /** Returns what is wrong with a subject, apart from its id if that is empty; none if its events are applied. */
    public static Optional<String> objection(Subject subject) {
        if (subject.getKind() == SubjectKind.UNKNOWN) {
            return Optional.of("the kind of the subject is not known; expected RECORD, OPERATION,"
                    + " BATCH, EXPORT or SCOPE, or a newer version of this program");
        } else if (!isName(subject.getSource()) || !isName(subject.getStage())) {
            return Optional.of(
                    "source is '" + shorten(subject.getSource()) + "' and stage '" + shorten(subject.getStage())
                            + "'; expected texts that are not empty and hold no control characters");
        }
        int bytes = SubjectKey.of(subject).length();
        return bytes > MAX_KEY_BYTES
                ? Optional.of("the subject key has " + bytes + " bytes; expected at most " + MAX_KEY_BYTES)
                : Optional.empty();
    }

    /** Returns the objection as a violation. */
    static Optional<Violation> violation(Subject subject) {
        return objection(subject).map(message -> new Violation(ViolationType.INVALID_SUBJECT, 0, message));
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return !text.isBlank();
    }

    private static String shorten(String text) {
        return Texts.truncate(text, SHOWN);
    }
}
