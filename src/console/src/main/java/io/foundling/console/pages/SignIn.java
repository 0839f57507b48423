package io.foundling.console.pages;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Role;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import java.util.List;
import java.util.Optional;

/** The form to sign in with a bearer token, and that to sign out. Any thread. */
final class SignIn {

    private static final String START = "/overview";

    private final PageOperations pages;
    private final Visitors visitors;
    private final SessionCookie cookie;

    SignIn(PageOperations pages, Visitors visitors, SessionCookie cookie) {
        this.pages = pages;
        this.visitors = visitors;
        this.cookie = cookie;
    }

    List<Operation> operations() {
        return List.of(
                new Operation(
                        "page sign-in-form",
                        new Route(Method.GET, "/sign-in"),
                        Optional.empty(),
                        "The form to sign in",
                        List.of(),
                        Optional.empty(),
                        Html.PAGE,
                        request -> pages.signIn(request, 200, START, Optional.empty())),
                new Operation(
                        "page sign-in",
                        new Route(Method.POST, "/sign-in"),
                        Optional.empty(),
                        "Signs in",
                        List.of(),
                        Optional.of(Form.BODY),
                        Html.PAGE,
                        this::signIn),
                pages.form("sign-out", "/sign-out", "Signs out", List.of(), (call, form) -> signOut()));
    }

    private Reply signIn(Request request) {
        Form form = Form.of(request);
        String token = form.text("token");
        String to = form.text("to");
        try {
            if (!visitors.callerOf(token).has(Role.READER)) {
                String lacking = ProblemException.lacking(Role.READER).getMessage();
                return pages.signIn(request, 403, to, Optional.of(lacking));
            }
        } catch (AccessDeniedException denied) {
            return pages.signIn(request, 401, to, Optional.of(denied.getMessage()));
        } catch (AccessUnavailableException unavailable) {
            return pages.signIn(request, 503, to, Optional.of(unavailable.getMessage()));
        }
        return cookie.set(token, request.now())
                .map(set -> Html.seeOther(isOwn(to) ? to : START).header("Set-Cookie", set))
                .orElseGet(() -> pages.signIn(
                        request, 401, to, Optional.of("The token is too long to be kept in a cookie of a browser")));
    }

    private Reply signOut() {
        return Html.seeOther("/sign-in").header("Set-Cookie", cookie.removed());
    }

    /** Whether an address is one of this console: browsers take two slashes, or a backslash, for another host. */
    private static boolean isOwn(String to) {
        return to.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");
    }
}
