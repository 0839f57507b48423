package io.foundling.service.mapping;

import java.util.Optional;

/** The source of a text: the mapping itself, or a field of the line. */
sealed interface Expression {

    /** Returns the text for a line; empty if the line has none. */
    Optional<String> in(MappedRecord line);

    /** The same text for every line. */
    record Constant(String text) implements Expression {
        @Override
        public Optional<String> in(MappedRecord line) {
            return Optional.of(text);
        }
    }

    /** The content of a field of the line. */
    record Field(String name) implements Expression {
        @Override
        public Optional<String> in(MappedRecord line) {
            return line.text(name);
        }
    }
}
