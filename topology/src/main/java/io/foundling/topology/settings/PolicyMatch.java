package io.foundling.topology.settings;

import io.foundling.audit.Status;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import java.util.Optional;

/** To which subjects, and in which status, a policy applies; what it leaves open matches anything. */
public record PolicyMatch(
        Optional<SubjectKind> kind, Optional<String> source, Optional<String> stage, Optional<Status> status) {

    boolean includes(Subject subject) {
        return kind.map(wanted -> wanted == subject.getKind()).orElse(true)
                && source.map(wanted -> wanted.equals(subject.getSource())).orElse(true)
                && stage.map(wanted -> wanted.equals(subject.getStage())).orElse(true);
    }

    boolean includes(Subject subject, Status entered) {
        return includes(subject) && status.map(wanted -> wanted == entered).orElse(true);
    }
}
