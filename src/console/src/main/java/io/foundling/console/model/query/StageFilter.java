package io.foundling.console.model.query;

import java.util.Optional;

/** Which sources and stages; none: all of them. A stage without a source is looked for in all sources. */
public record StageFilter(Optional<String> source, Optional<String> stage) {

    public static final StageFilter ALL = new StageFilter(Optional.empty(), Optional.empty());

    public static StageFilter of(String source, String stage) {
        return new StageFilter(Optional.of(source), Optional.of(stage));
    }

    <T> Selection<T> in(Selection<T> selection) {
        return selection.equal("source", source).equal("stage", stage);
    }
}
