package io.foundling.intake.lineage;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.ledger.SubjectRules;
import java.nio.charset.StandardCharsets;

/** A job, by its namespace and its name there. The namespace is the source of its subjects, the name their stage. */
record JobName(String namespace, String name) {

    private static final String SCOPE_ID = "job";

    /** @throws InvalidLineageException if it cannot be part of a key (rule L2) */
    static JobName of(EventFields job) {
        return new JobName(part(job, "namespace"), part(job, "name")).checked(job.path());
    }

    private static String part(EventFields job, String name) {
        String text = job.text(name, "a text that is not blank");
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw job.wrong(name, "a text without control characters");
        }
        return text;
    }

    private JobName checked(String path) {
        String key = SubjectKey.of(run("00000000-0000-0000-0000-000000000000"));
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SubjectRules.MAX_KEY_BYTES) {
            throw new InvalidLineageException(
                    path + "namespace and " + path + "name are too long: the key of a run has " + bytes
                            + " bytes, must have at most " + SubjectRules.MAX_KEY_BYTES);
        }
        return this;
    }

    /** Returns the subject of a run. */
    Subject run(String runId) {
        return new Subject(SubjectKind.OPERATION, namespace, name, runId);
    }

    /** Returns the subject of the job itself. */
    Subject scope() {
        return new Subject(SubjectKind.SCOPE, namespace, name, SCOPE_ID);
    }
}
