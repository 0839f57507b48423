package io.foundling.console.model.query;

import java.util.Optional;
import java.util.Set;

/**
 * Which sources and stages; none: all of them. A stage without a source is looked for in all sources.
 *
 * @param sources of which the caller may see subjects; none: of all
 */
public record StageFilter(Optional<String> source, Optional<String> stage, Optional<Set<String>> sources) {

    public static final StageFilter ALL = new StageFilter(Optional.empty(), Optional.empty());

    public StageFilter(Optional<String> source, Optional<String> stage) {
        this(source, stage, Optional.empty());
    }

    public static StageFilter of(String source, String stage) {
        return new StageFilter(Optional.of(source), Optional.of(stage));
    }

    /** Returns all that a caller may see. */
    public static StageFilter visible(Optional<Set<String>> sources) {
        return new StageFilter(Optional.empty(), Optional.empty(), sources);
    }

    <T> Selection<T> in(Selection<T> selection) {
        return selection.equal("source", source).equal("stage", stage).among("source", sources);
    }
}
