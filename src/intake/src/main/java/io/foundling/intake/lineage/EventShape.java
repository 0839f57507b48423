package io.foundling.intake.lineage;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which parts of a JSON value are read. Everything else is skipped while it is parsed, so that plans, schemas and column
 * lineage, which can be megabytes, take no memory. Immutable.
 */
final class EventShape {

    private static final String ELEMENTS = "[]";

    private final Map<String, EventShape> parts;

    private EventShape(Map<String, EventShape> parts) {
        this.parts = parts;
    }

    /**
     * Makes the shape of an object from the paths of its values, such as {@code outputs/[]/name}. A name may have
     * dots.
     */
    static EventShape of(String... paths) {
        EventShape root = new EventShape(new TreeMap<>());
        for (String path : paths) {
            EventShape part = root;
            for (String name : path.split("/")) {
                part = part.parts.computeIfAbsent(name, ignored -> new EventShape(new TreeMap<>()));
            }
        }
        return root;
    }

    /** Makes that of a list. */
    static EventShape listOf(EventShape element) {
        return new EventShape(Map.of(ELEMENTS, element));
    }

    Optional<EventShape> property(String name) {
        return name.equals(ELEMENTS) ? Optional.empty() : Optional.ofNullable(parts.get(name));
    }

    Optional<EventShape> elements() {
        return Optional.ofNullable(parts.get(ELEMENTS));
    }
}
