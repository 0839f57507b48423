package io.foundling.console.model.query;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.console.model.table.Tables;
import java.util.Optional;

/** The alerts, the latest first. */
public record Alerts(Optional<AlertStatus> status, Optional<AlertType> type, StageFilter stages)
        implements Question<Alert> {

    @Override
    public Selection<Alert> selection() {
        return stages.in(Selection.descending(Tables.ALERT, "starts_ms"))
                .equal("status", status.map(Enum::name))
                .equal("type", type.map(Enum::name));
    }
}
