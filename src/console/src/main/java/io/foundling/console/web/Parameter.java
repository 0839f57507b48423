package io.foundling.console.web;

import java.util.Optional;

/**
 * A parameter of an operation. A request that has one twice which may occur once, or one that the operation does not
 * have, is refused.
 *
 * @param fallback the text that counts if a request does not have it
 */
public record Parameter<T>(
        String name,
        Place place,
        ParameterType<T> type,
        String description,
        Presence presence,
        Optional<String> fallback) {

    /** Where it is in a request. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /** How often it is in a request. */
    public enum Presence {
        REQUIRED,
        OPTIONAL,
        /** Once or more. */
        MANY
    }

    /** A segment of the path. */
    public static <T> Parameter<T> path(String name, ParameterType<T> type, String description) {
        return new Parameter<>(name, Place.PATH, type, description, Presence.REQUIRED, Optional.empty());
    }

    /** A part of the query that may be missing. */
    public static <T> Parameter<T> query(String name, ParameterType<T> type, String description) {
        return new Parameter<>(name, Place.QUERY, type, description, Presence.OPTIONAL, Optional.empty());
    }

    /** A header that may be missing. */
    public static <T> Parameter<T> header(String name, ParameterType<T> type, String description) {
        return new Parameter<>(name, Place.HEADER, type, description, Presence.OPTIONAL, Optional.empty());
    }

    /** Returns this as one that must be there. */
    public Parameter<T> required() {
        return new Parameter<>(name, place, type, description, Presence.REQUIRED, fallback);
    }

    /** Returns this as one that must be there, and may be there several times. */
    public Parameter<T> many() {
        return new Parameter<>(name, place, type, description, Presence.MANY, fallback);
    }

    /** Returns this with a value that counts if a request has none. */
    public Parameter<T> or(String text) {
        return new Parameter<>(name, place, type, description, presence, Optional.of(text));
    }
}
