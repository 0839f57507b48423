package io.foundling.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.web.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a visitor may do to all that a list shows. Pure. */
final class ListActs {

    private static final List<String> ACTS = List.of("extend", "cancel", "annotate");
    private static final Set<String> NARROWING = Set.of("source", "stage", "parent");
    /** These choose nothing. */
    private static final Set<String> OF_PAGES = Set.of("order", "limit", "cursor");

    private ListActs() {}

    /**
     * Returns the forms. There are none if the API has no such filter for acts: they would be for more than is shown.
     *
     * @param path of the list
     */
    static ActOffer of(PageCall call, String path, Optional<Refused> refused) {
        if (!call.visitor().mayAct()) {
            return ActOffer.NONE;
        }
        Query query = call.query();
        List<String> known = filters(call);
        List<String> others = names(query).stream()
                .filter(name -> !known.contains(name))
                .map(Words::label)
                .toList();
        if (!others.isEmpty()) {
            return note("To act on all that this list shows, clear the filter " + String.join(" and ", others) + ".");
        }
        if (names(query).stream().noneMatch(NARROWING::contains)) {
            return note("To act on all that this list shows, filter it by a source, a stage or a parent.");
        }
        String action = query.without("cursor").at(path);
        return new ActOffer(
                ActFields.forms(ACTS, action, Optional.of("Count"), call.visitor(), refused), Optional.empty());
    }

    private static ActOffer note(String sentence) {
        return new ActOffer(List.of(), Optional.of(sentence));
    }

    /** Returns the body for the API; it refuses filters that it has not. */
    static ObjectNode json(PageCall call, String list, Form form) {
        ObjectNode filter = JsonNodeFactory.instance.objectNode().put("list", list);
        Query query = call.query();
        names(query).forEach(name -> filter.put(name, query.texts().get(name).get(0)));
        return ActFields.json(form, Optional.of(filter));
    }

    private static List<String> names(Query query) {
        return query.texts().keySet().stream()
                .filter(name -> !OF_PAGES.contains(name))
                .toList();
    }

    /** Returns the filters that the API has for acts. */
    private static List<String> filters(PageCall call) {
        JsonNode body =
                call.api().operation("bulkAct").body().orElseThrow().content().get(MediaTypes.JSON);
        List<String> names = new ArrayList<>();
        body.at("/oneOf/0/properties/filter/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
