package io.foundling.topology.ledger;

import io.foundling.audit.AlertType;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Finding;
import java.util.List;

/** Counts violations by source and stage, for their alerts. Subjects that are none count together, or rubbish made groups. */
final class ViolationCount {

    private static final int SAMPLES = 10;

    private final AccountStore accounts;

    ViolationCount(AccountStore accounts) {
        this.accounts = accounts;
    }

    void add(AuditEvent event, List<Finding> findings, long nowMs) {
        if (findings.isEmpty()) {
            return;
        }
        Subject subject = event.getSubject();
        boolean valid = Intake.invalid(subject).isEmpty();
        Group group = Group.of(AlertType.VIOLATIONS, valid ? subject.getSource() : "", valid ? subject.getStage() : "");
        accounts.add(group, findings.size(), nowMs);
        if (valid && accounts.samples(group, SAMPLES).size() < SAMPLES) {
            accounts.sample(group, SubjectKey.of(subject), true);
        }
    }
}
