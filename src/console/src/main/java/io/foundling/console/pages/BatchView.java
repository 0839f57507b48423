package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * What the page of one parent shows.
 *
 * @param state its disposition; none if it has none any more
 * @param settlements of its attempts that have closed, the latest ones
 * @param moreSettlements the list of all of them; none if these are all
 * @param missing the members that are not back
 * @param more the rest of them; none if these are all
 */
public record BatchView(
        Frame frame,
        SubjectName name,
        Optional<Row> state,
        List<Row> settlements,
        Optional<String> moreSettlements,
        List<Row> missing,
        Optional<String> more) {}
