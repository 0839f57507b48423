package io.foundling.console.acts;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Disposition;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Found;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.Trail;
import io.foundling.console.model.table.DispositionColumns;
import java.util.List;
import java.util.Optional;

/** What the read model knows of the subjects of acts. Any thread. */
final class Targets {

    private static final int PAGE = 100;

    private final Queries queries;
    private final List<String> sources;

    Targets(Queries queries, List<String> sources) {
        this.queries = queries;
        this.sources = sources;
    }

    Optional<Disposition> known(String key) {
        return queries.disposition(key);
    }

    boolean hasEvents(String key) {
        return !queries.page(new Trail(key), Optional.empty(), 1).rows().isEmpty();
    }

    static boolean awaits(Optional<Disposition> known) {
        return known.filter(DispositionColumns::awaits).isPresent();
    }

    /** Returns the source topic that events of a subject come from; the first one if there are none. */
    String topic(String key) {
        if (sources.size() == 1) {
            return sources.get(0);
        }
        Optional<Cursor> next = Optional.empty();
        do {
            Page<AuditEvent> page = queries.page(new Trail(key), next, PAGE);
            Optional<String> topic = page.rows().stream()
                    .flatMap(found -> place(found).stream())
                    .filter(sources::contains)
                    .findFirst();
            if (topic.isPresent()) {
                return topic.get();
            }
            next = page.next();
        } while (next.isPresent());
        return sources.get(0);
    }

    private static Optional<String> place(Found<AuditEvent> found) {
        return found.written().flatMap(Found.Written::place).map(Found.Place::topic);
    }
}
