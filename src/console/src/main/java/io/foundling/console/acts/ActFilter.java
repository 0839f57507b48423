package io.foundling.console.acts;

import io.foundling.audit.Status;
import io.foundling.console.model.query.Awaiting;
import io.foundling.console.model.query.Cursor;
import io.foundling.console.model.query.Orphans;
import io.foundling.console.model.query.Page;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.Question;
import io.foundling.console.model.query.StageFilter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which subjects an act is for: those of a list of the console, as far as the caller may see them.
 *
 * @param parent only its members
 * @param before only what awaits, or is an orphan, since before then
 */
public record ActFilter(
        ListName list, StageFilter stages, Optional<Status> status, Optional<String> parent, Instant before) {

    /** The lists of subjects that an act can be for. */
    public enum ListName {
        AWAITING,
        ORPHANS
    }

    /** The keys of a page, and where the next one begins. */
    record Keys(List<String> keys, Optional<Cursor> next) {}

    /** Whether it names a source, a stage or a parent: an act on everything is a mistake. */
    public boolean isNarrow() {
        return stages.source().isPresent() || stages.stage().isPresent() || parent.isPresent();
    }

    /** Whether this is for the same subjects as another one that was read at another time. */
    boolean isLike(ActFilter other) {
        return new ActFilter(list, stages, status, parent, other.before()).equals(other);
    }

    /** Returns how many there are, and at most this many. */
    long count(Queries queries, int most) {
        return queries.count(question(), most);
    }

    Keys page(Queries queries, Optional<Cursor> after, int limit) {
        return list == ListName.AWAITING
                ? keys(queries.page(awaiting(), after, limit))
                : keys(queries.page(orphans(), after, limit));
    }

    private Question<?> question() {
        return list == ListName.AWAITING ? awaiting() : orphans();
    }

    private Awaiting awaiting() {
        return new Awaiting(stages, status, parent, Optional.of(before), Awaiting.Order.OLDEST);
    }

    private Orphans orphans() {
        return new Orphans(stages, parent, Optional.empty(), Optional.empty(), status, Optional.of(before));
    }

    private static Keys keys(Page<?> page) {
        return new Keys(page.rows().stream().map(row -> row.key()).toList(), page.next());
    }
}
