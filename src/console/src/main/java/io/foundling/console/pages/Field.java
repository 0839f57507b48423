package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * A field of a form of filters.
 *
 * @param options that may be chosen; empty if it is a text
 * @param isFixed whether one of the options always counts, so that there is no empty one
 * @param example of a text
 * @param fault what is wrong with the value
 */
public record Field(
        String name,
        String label,
        String value,
        List<String> options,
        boolean isFixed,
        String example,
        Optional<String> fault) {}
