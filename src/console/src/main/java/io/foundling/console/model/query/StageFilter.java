package io.foundling.console.model.query;

import java.util.Optional;
import java.util.Set;

/**
 * Which sources and stages; none: all of them. A stage without a source is looked for in all sources.
 *
 * @param sources of which the caller may see subjects; none: of all
 * @param labelled those with some labels; none: whatever their labels are
 */
public record StageFilter(
        Optional<String> source,
        Optional<String> stage,
        Optional<Set<String>> sources,
        Optional<LabelledStages> labelled) {

    public static final StageFilter ALL = new StageFilter(Optional.empty(), Optional.empty());

    public StageFilter(Optional<String> source, Optional<String> stage) {
        this(source, stage, Optional.empty());
    }

    public StageFilter(Optional<String> source, Optional<String> stage, Optional<Set<String>> sources) {
        this(source, stage, sources, Optional.empty());
    }

    public static StageFilter of(String source, String stage) {
        return new StageFilter(Optional.of(source), Optional.of(stage));
    }

    /** Returns all that a caller may see. */
    public static StageFilter visible(Optional<Set<String>> sources) {
        return new StageFilter(Optional.empty(), Optional.empty(), sources);
    }

    /** Returns those of this that have some labels. */
    public StageFilter labelled(Optional<LabelledStages> with) {
        return new StageFilter(source, stage, sources, with);
    }

    <T> Selection<T> in(Selection<T> selection) {
        Selection<T> named =
                selection.equal("source", source).equal("stage", stage).among("source", sources);
        return labelled.map(named::within).orElse(named);
    }
}
