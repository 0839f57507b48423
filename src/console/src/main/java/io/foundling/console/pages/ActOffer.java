package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * What a visitor may do from a page.
 *
 * @param forms none if there is nothing to do, or the visitor may not act
 * @param note a sentence about what was done, or why there are no forms
 */
public record ActOffer(List<ActForm> forms, Optional<String> note) {

    static final ActOffer NONE = new ActOffer(List.of(), Optional.empty());
}
