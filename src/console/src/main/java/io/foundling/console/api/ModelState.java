package io.foundling.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.TopicState;
import io.foundling.console.web.Reply;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the topics were read that an answer is from.
 *
 * @param asOf the answer has everything up to then; none if not all of them have caught up
 * @param completeSince of the trail: nothing since then is missing; none of what is no trail, or not known
 */
record ModelState(Optional<Instant> asOf, Optional<Instant> completeSince) {

    private static final String AS_OF = "asOf";
    private static final String COMPLETE_SINCE = "completeSince";

    /**
     * Returns that of topics.
     *
     * @param known of those that were read so far
     */
    static ModelState of(List<String> topics, boolean isTrail, List<TopicState> known) {
        List<TopicState> states =
                known.stream().filter(state -> topics.contains(state.topic())).toList();
        if (states.isEmpty() || states.size() < topics.size()) {
            return new ModelState(Optional.empty(), Optional.empty());
        }
        return new ModelState(
                states.stream()
                        .map(TopicState::asOf)
                        .min(Comparator.naturalOrder())
                        .filter(asOf -> asOf.isAfter(Instant.EPOCH)),
                isTrail
                        ? states.stream().map(TopicState::completeSince).max(Comparator.naturalOrder())
                        : Optional.empty());
    }

    void addTo(ObjectNode json) {
        json.put(AS_OF, asOf.map(Instant::toString).orElse(null));
        json.put(COMPLETE_SINCE, completeSince.map(Instant::toString).orElse(null));
    }

    static void describe(Map<String, ObjectNode> properties) {
        properties.put(
                AS_OF,
                JsonSchemas.orNull(JsonSchemas.moment())
                        .put(
                                "description",
                                "The answer has everything up to then; null while the console catches up."));
        properties.put(
                COMPLETE_SINCE,
                JsonSchemas.orNull(JsonSchemas.moment())
                        .put("description", "Of the trail: nothing that was appended since then is missing."));
    }

    /** Returns an answer that says this in its headers, too. */
    Reply on(Reply reply) {
        Reply more =
                asOf.isPresent() ? reply.header("Foundling-As-Of", asOf.get().toString()) : reply;
        return completeSince.isPresent()
                ? more.header("Foundling-Complete-Since", completeSince.get().toString())
                : more;
    }
}
