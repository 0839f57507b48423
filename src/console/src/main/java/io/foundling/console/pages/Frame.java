package io.foundling.console.pages;

import java.util.Optional;

/**
 * What surrounds the content of every page.
 *
 * @param title of the page
 * @param section of the navigation that the page belongs to; empty if it belongs to none
 * @param visitor none on the page to sign in
 * @param asOf the page has everything up to then; none if it has no rows, or while the console catches up
 * @param self path and query of the page
 */
public record Frame(
        String title, String section, Optional<Visitor> visitor, Optional<Moment> asOf, String self, Assets assets) {

    public boolean isAt(String path) {
        return section.equals(path);
    }
}
