package io.foundling.service.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The source of a text: the mapping itself, or something of the record. */
sealed interface Expression {

    /**
     * Returns the text; empty if the record has none, or only a JSON null.
     *
     * @throws RecordRejectedException if there is a text, and it cannot be what the mapping makes of it
     */
    Optional<String> in(Input input) throws RecordRejectedException;

    /** Whether the record lacks what is named, rather than having an empty text or a null there. */
    boolean isAbsent(Input input);

    /** Returns how a sentence calls the source: it follows "has no". */
    String name();

    /** Returns the places of the record that the text comes from: itself, if it is composed of no others. */
    default List<Expression> places() {
        return List.of(this);
    }

    /**
     * Returns the text.
     *
     * @throws RecordRejectedException if it is absent, null or empty
     */
    default String required(Input input) throws RecordRejectedException {
        String text = in(input).orElse("");
        if (text.isEmpty()) {
            throw new RecordRejectedException((isAbsent(input) ? "has no " : "has nothing in ") + name());
        }
        return text;
    }

    /** The same text for every record. */
    record Constant(String text) implements Expression {
        @Override
        public Optional<String> in(Input input) {
            return Optional.of(text);
        }

        @Override
        public boolean isAbsent(Input input) {
            return false;
        }

        @Override
        public List<Expression> places() {
            return List.of();
        }

        @Override
        public String name() {
            return "'" + text + "'";
        }
    }

    /** A value of the record: numbers and booleans as they are written in JSON, objects and lists as JSON. */
    record Found(Input.Root root, FieldPath path) implements Expression {
        @Override
        public Optional<String> in(Input input) {
            JsonNode found = node(input);
            if (found.isMissingNode() || found.isNull()) {
                return Optional.empty();
            }
            return Optional.of(found.isContainerNode() ? found.toString() : found.asText());
        }

        JsonNode node(Input input) {
            return path.in(input.root(root));
        }

        /** Whether the text of another place holds this one, too. */
        boolean isWithin(Expression other) {
            return other instanceof Found outer && outer.root == root && path.isWithin(outer.path);
        }

        @Override
        public boolean isAbsent(Input input) {
            return node(input).isMissingNode();
        }

        @Override
        public String name() {
            return root.written() + " '" + path.written() + "'";
        }
    }

    /** The timestamp of the record. */
    record Timestamp() implements Expression {
        @Override
        public Optional<String> in(Input input) {
            return input.record().timestamp().map(TimeFormat::written);
        }

        @Override
        public boolean isAbsent(Input input) {
            return input.record().timestamp().isEmpty();
        }

        @Override
        public String name() {
            return "timestamp, which lines of a file have only by the option --timestamp";
        }
    }

    /** The first that has a text. */
    record FirstOf(List<Expression> sources) implements Expression {
        public FirstOf {
            sources = List.copyOf(sources);
        }

        @Override
        public Optional<String> in(Input input) throws RecordRejectedException {
            for (Expression source : sources) {
                Optional<String> text = source.in(input);
                if (text.isPresent() && !text.get().isEmpty()) {
                    return text;
                }
            }
            return Optional.empty();
        }

        @Override
        public boolean isAbsent(Input input) {
            for (Expression source : sources) {
                if (!source.isAbsent(input)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public List<Expression> places() {
            return sources.stream().flatMap(part -> part.places().stream()).toList();
        }

        @Override
        public String name() {
            return sources.stream().map(Expression::name).collect(Collectors.joining(", no "));
        }
    }

    /** Texts with a separator between them; nothing if one of them has none. */
    record Join(List<Expression> parts, String separator) implements Expression {
        public Join {
            parts = List.copyOf(parts);
        }

        @Override
        public Optional<String> in(Input input) throws RecordRejectedException {
            StringBuilder joined = new StringBuilder();
            for (Expression part : parts) {
                Optional<String> text = part.in(input);
                if (text.isEmpty() || text.get().isEmpty()) {
                    return Optional.empty();
                }
                joined.append(joined.isEmpty() ? "" : separator).append(text.get());
            }
            return Optional.of(joined.toString());
        }

        @Override
        public boolean isAbsent(Input input) {
            for (Expression part : parts) {
                if (part.isAbsent(input)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public List<Expression> places() {
            return parts.stream().flatMap(part -> part.places().stream()).toList();
        }

        @Override
        public String name() {
            return parts.stream()
                    .filter(part -> !(part instanceof Constant))
                    .map(Expression::name)
                    .collect(Collectors.joining(" and "));
        }
    }

    /** A whole number to which another is added: a system that counts retries from 0 is at attempt 1 then. */
    record Plus(Expression number, long added) implements Expression {
        @Override
        public Optional<String> in(Input input) throws RecordRejectedException {
            Optional<String> text = number.in(input);
            if (text.isEmpty() || text.get().isEmpty()) {
                return text;
            }
            try {
                return Optional.of(String.valueOf(Math.addExact(Long.parseLong(text.get()), added)));
            } catch (NumberFormatException unfit) {
                throw new RecordRejectedException("has in " + name() + ": '" + text.get() + "' is no whole number");
            } catch (ArithmeticException unfit) {
                throw new RecordRejectedException("has in " + name() + ": '" + text.get() + "' is too large");
            }
        }

        @Override
        public boolean isAbsent(Input input) {
            return number.isAbsent(input);
        }

        @Override
        public List<Expression> places() {
            return number.places();
        }

        @Override
        public String name() {
            return number.name();
        }
    }

    /** A time in a format of its own; its text is the time as every format reads it. */
    record Moment(Expression text, TimeFormat format) implements Expression {
        @Override
        public Optional<String> in(Input input) throws RecordRejectedException {
            Optional<String> found = text.in(input);
            if (found.isEmpty() || found.get().isEmpty()) {
                return found;
            }
            try {
                return Optional.of(TimeFormat.written(format.parse(found.get())));
            } catch (IllegalArgumentException unfit) {
                throw new RecordRejectedException("has in " + name() + ": " + unfit.getMessage());
            }
        }

        @Override
        public boolean isAbsent(Input input) {
            return text.isAbsent(input);
        }

        @Override
        public List<Expression> places() {
            return text.places();
        }

        @Override
        public String name() {
            return text.name();
        }
    }
}
