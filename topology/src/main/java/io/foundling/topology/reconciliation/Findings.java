package io.foundling.topology.reconciliation;

import io.foundling.audit.CheckStatus;
import io.foundling.audit.Reconciled;
import io.foundling.topology.lifecycle.Texts;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a check has found that did not pass. */
final class Findings {

    private static final int MAX_ERROR_BYTES = 200;

    private Findings() {}

    /** Returns an empty text for a check that passed. */
    static String of(Reconciled check) {
        if (check.getStatus() == CheckStatus.PASSED) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        add(check.getSourceRows(), "source rows", parts);
        add(check.getTargetRows(), "target rows", parts);
        add(check.getMismatchedRows(), "mismatched", parts);
        add(check.getSourceOnlyRows(), "only in the source", parts);
        add(check.getTargetOnlyRows(), "only in the target", parts);
        check.getErrors().stream()
                .findFirst()
                .map(error -> Texts.truncate(error, MAX_ERROR_BYTES).replaceAll("\\s+", " "))
                .ifPresent(parts::add);
        String what = check.getCheckType() + " of " + check.getRunDate() + ' ' + check.getStatus();
        return parts.isEmpty() ? what : what + " (" + String.join(", ", parts) + ")";
    }

    private static void add(Long rows, String what, List<String> parts) {
        if (rows != null) {
            parts.add(rows + " " + what);
        }
    }
}
