package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * What the page of a subject shows.
 *
 * @param state its disposition; none if it has none any more
 * @param warning none if none is active
 * @param explanation why everything is as it is
 * @param trail its events
 * @param acts what the visitor may do to it
 */
public record SubjectView(
        Frame frame,
        SubjectName name,
        Optional<Row> state,
        Optional<Row> warning,
        Optional<Timeline> timeline,
        Explained explanation,
        Trail trail,
        ActOffer acts) {

    /** Whether nothing is known of it. */
    public boolean isUnknown() {
        return state.isEmpty() && trail.rows().isEmpty();
    }

    /**
     * An explanation, or why there is none.
     *
     * @param answer of the API
     * @param fault empty if there is one
     */
    public record Explained(Optional<Row> answer, String fault) {

        public List<Row> sections() {
            return answer.map(row -> row.rows("sections")).orElse(List.of());
        }

        /** Whether the rules give what is published. */
        public boolean agrees() {
            return answer.map(row -> row.flag("agrees")).orElse(true);
        }
    }

    /**
     * A part of the trail.
     *
     * @param more the rest of it; none if this is all
     */
    public record Trail(List<Row> rows, Optional<String> more) {}
}
