package io.foundling.console.model.table;

import io.foundling.audit.Settlement;
import io.foundling.audit.Status;
import java.util.List;

/** The columns of {@code settlement}. */
final class SettlementColumns {

    static final List<Column<Settlement>> ALL = List.of(
            Column.subjectKey("parent_key", Settlement::getParent),
            Column.name("kind", settlement -> settlement.getParent().getKind()),
            Column.text("source", settlement -> settlement.getParent().getSource()),
            Column.text("stage", settlement -> settlement.getParent().getStage()),
            Column.count("attempt", Settlement::getAttempt),
            Column.count("version", Settlement::getVersion),
            Column.time("closed_ms", Settlement::getClosedAt),
            Column.name("outcome", Settlement::getOutcome),
            Column.number("expected", Settlement::getExpected),
            Column.number("deferred", Settlement::getDeferred),
            Column.number("returned", SettlementColumns::returned),
            Column.number("moved", Settlement::getMoved),
            Column.number("orphaned", Settlement::getOrphaned),
            Column.number("unannounced", Settlement::getUnannounced),
            Column.number("never_began", Settlement::getNeverBegan),
            Column.number("unseen", Settlement::getUnseen),
            Column.flag("unsettled", SettlementColumns::isUnsettled));

    private SettlementColumns() {}

    /** Whether it alerts (rule A3), as far as it says: of members announced by name, it names those that never began. */
    private static boolean isUnsettled(Settlement settlement) {
        boolean isNumbered = settlement.getExpected() != null;
        boolean isToldApart =
                settlement.getNeverBegan() > 0 || isNumbered && settlement.getUnannounced() < settlement.getDeferred();
        long unannounced = isToldApart ? settlement.getUnannounced() : 0;
        long more = isNumbered ? settlement.getDeferred() - unannounced - settlement.getExpected() : 0;
        return settlement.getOutcome() != Status.CANCELLED
                && (settlement.getOrphaned() > 0 || settlement.getUnseen() > 0 || unannounced > 0 || more > 0);
    }

    private static long returned(Settlement settlement) {
        return settlement.getReturned().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
