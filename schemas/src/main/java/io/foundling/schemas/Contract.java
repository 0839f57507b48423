package io.foundling.schemas;

import io.foundling.audit.Alert;
import io.foundling.audit.AuditEvent;
import io.foundling.audit.ClockReport;
import io.foundling.audit.Closure;
import io.foundling.audit.Delivery;
import io.foundling.audit.Disposition;
import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Reconciliation;
import io.foundling.audit.Settlement;
import io.foundling.audit.Violation;
import io.foundling.schemas.registry.Compatibility;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** The public contracts: every record that is the value of a topic, and how its schema may change. */
public enum Contract {
    /** The ledger reads it and is deployed before any producer uses a new body. */
    AUDIT_EVENT(AuditEvent.class, AuditEvent.getClassSchema(), Compatibility.BACKWARD_TRANSITIVE),
    DISPOSITION(Disposition.class, Disposition.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    ORPHAN_WARNING(OrphanWarning.class, OrphanWarning.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    VIOLATION(Violation.class, Violation.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    CLOSURE(Closure.class, Closure.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    SETTLEMENT(Settlement.class, Settlement.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    ALERT(Alert.class, Alert.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    RECONCILIATION(Reconciliation.class, Reconciliation.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    CLOCK_REPORT(ClockReport.class, ClockReport.getClassSchema(), Compatibility.FULL_TRANSITIVE),
    DELIVERY(Delivery.class, Delivery.getClassSchema(), Compatibility.FULL_TRANSITIVE);

    private final Class<? extends SpecificRecord> type;
    private final Schema schema;
    private final Compatibility compatibility;

    Contract(Class<? extends SpecificRecord> type, Schema schema, Compatibility compatibility) {
        this.type = type;
        this.schema = PortableSchema.of(schema);
        this.compatibility = compatibility;
    }

    /** Returns the contract whose schema has this simple or full name. */
    public static Optional<Contract> named(String name) {
        return Arrays.stream(values())
                .filter(contract -> contract.schema.getName().equals(name)
                        || contract.schema.getFullName().equals(name))
                .findFirst();
    }

    /** Returns the generated class. */
    public Class<? extends SpecificRecord> type() {
        return type;
    }

    /** Returns the schema as it is registered, without properties that only Java understands. */
    public Schema schema() {
        return schema;
    }

    public Compatibility compatibility() {
        return compatibility;
    }
}
