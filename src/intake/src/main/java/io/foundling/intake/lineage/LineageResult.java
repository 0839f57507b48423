package io.foundling.intake.lineage;

import io.foundling.audit.AuditEvent;
import java.util.List;

/** What became of one event of OpenLineage. */
sealed interface LineageResult {

    /**
     * It is durable.
     *
     * @param events that it became
     */
    record Accepted(List<AuditEvent> events) implements LineageResult {}

    /** It says nothing of a run. */
    record Ignored(String reason) implements LineageResult {}

    /** A repeat is refused as well. */
    record Refused(int status, String reason) implements LineageResult {}

    /** It is not known to be durable, and should be repeated. */
    record Unavailable(String reason) implements LineageResult {}
}
