package io.foundling.console.pages;

import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;

/**
 * The person who looks at a page.
 *
 * @param isSignedIn whether by a form of these pages, so that signing out is possible
 * @param formToken what forms that change something must send
 */
public record Visitor(Caller caller, boolean isSignedIn, String formToken) {

    public boolean mayAct() {
        return caller.has(Role.OPERATOR);
    }
}
