package io.foundling.console.pages;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;

/**
 * The person who looks at a page.
 *
 * @param isSignedIn whether by a form of these pages, so that signing out is possible
 * @param mayAct whether the API takes acts of the caller
 * @param mayTry whether the API tries policies for the caller
 * @param formToken what forms that change something must send
 */
public record Visitor(Caller caller, boolean isSignedIn, boolean mayAct, boolean mayTry, String formToken) {

    /** Whether the caller may have everything about a subject forgotten. */
    public boolean mayErase() {
        return mayAct && caller.has(Role.AUDITOR);
    }
}
