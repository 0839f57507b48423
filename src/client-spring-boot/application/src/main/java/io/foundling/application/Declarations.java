package io.foundling.application;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Records each declaration that is posted. */
@RestController
class Declarations {

    private final AuditRecorder recorder;

    Declarations(AuditRecorder recorder) {
        this.recorder = recorder;
    }

    @PostMapping("/declarations/{id}")
    String open(@PathVariable String id) {
        recorder.opened(new Subject(SubjectKind.RECORD, "university", "declaration", id));
        return "opened " + id;
    }
}
