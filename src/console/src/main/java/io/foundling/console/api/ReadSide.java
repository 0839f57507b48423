package io.foundling.console.api;

import io.foundling.console.access.Caller;
import io.foundling.console.acts.ActTexts;
import io.foundling.console.model.query.Queries;
import io.foundling.console.model.query.TopicState;
import io.foundling.console.model.reading.ModelTopic;
import io.foundling.console.model.table.Table;
import io.foundling.console.web.Handler;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all operations ask: the read model, how far it is, and what of it a caller may see. Any thread.
 *
 * @param topics of the read model
 * @param metadata names whose values every reader may see
 */
record ReadSide(Queries queries, List<ModelTopic<?>> topics, Set<String> metadata) {

    ReadSide {
        topics = List.copyOf(topics);
        // Who acted, and why, is no metadata of the subject's owner.
        metadata = Stream.concat(metadata.stream(), ActTexts.SHOWN.stream()).collect(Collectors.toUnmodifiableSet());
    }

    Masking masking(Caller caller) {
        return Masking.of(caller, metadata);
    }

    /** Returns how far tables are; ask before their rows, so that the answer is at least as new as that. */
    ModelState state(Table<?>... tables) {
        List<Table<?>> asked = Arrays.asList(tables);
        List<String> names = topics.stream()
                .filter(topic -> asked.contains(topic.table()))
                .map(ModelTopic::name)
                .toList();
        return ModelState.of(names, asked.stream().anyMatch(table -> !table.isCompacted()), queries.topics());
    }

    List<TopicState> states() {
        return queries.topics();
    }

    /** Returns a handler that answers 503 while the database does not. */
    static Handler guarded(Handler handler) {
        return new GuardedHandler(handler);
    }
}
