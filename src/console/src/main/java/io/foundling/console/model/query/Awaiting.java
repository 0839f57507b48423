package io.foundling.console.model.query;

import io.foundling.audit.Disposition;
import io.foundling.audit.Status;
import io.foundling.console.model.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * The subjects of which something is still expected.
 *
 * @param parentKey only its members
 * @param enteredBefore only those that have had their status since before then
 */
public record Awaiting(
        StageFilter stages,
        Optional<Status> status,
        Optional<String> parentKey,
        Optional<Instant> enteredBefore,
        Order order)
        implements Question<Disposition> {

    public Awaiting(StageFilter stages, Optional<Status> status, Optional<Instant> enteredBefore, Order order) {
        this(stages, status, Optional.empty(), enteredBefore, order);
    }

    /** What comes first. */
    public enum Order {
        OLDEST("entered_ms"),
        /** Leaves out those without a deadline. */
        SOONEST_DEADLINE("deadline_ms");

        private final String column;

        Order(String column) {
            this.column = column;
        }
    }

    /** Returns all of them, the oldest first. */
    public static Awaiting oldest(StageFilter stages) {
        return new Awaiting(stages, Optional.empty(), Optional.empty(), Order.OLDEST);
    }

    @Override
    public Selection<Disposition> selection() {
        Selection<Disposition> all =
                Selection.ascending(Tables.DISPOSITION, order.column).where("awaits");
        return stages.in(order == Order.OLDEST ? all : all.where("deadline_ms IS NOT NULL"))
                .equal("status", status.map(Enum::name))
                .equal("parent_key", parentKey)
                .before("entered_ms", enteredBefore);
    }
}
