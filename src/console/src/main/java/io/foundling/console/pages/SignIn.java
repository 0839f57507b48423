package io.foundling.console.pages;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Role;
import io.foundling.console.web.Body;
import io.foundling.console.web.Handler;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.QueryText;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form to sign in with a bearer token, and that to sign out. Any thread. */
final class SignIn {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_BODY = 16_384;
    private static final int SEE_OTHER = 303;
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
                post("sign-in", "Signs in", this::signIn),
                post("sign-out", "Signs out", this::signOut));
    }

    private static Operation post(String name, String summary, Handler handler) {
        return new Operation(
                "page " + name,
                new Route(Method.POST, "/" + name),
                Optional.empty(),
                summary,
                List.of(),
                Optional.of(new Body("The fields of the form", MAX_BODY, Map.of(FORM, Html.ANY))),
                Html.PAGE,
                handler);
    }

    private Reply signIn(Request request) {
        Map<String, List<String>> form = form(request);
        String token = first(form, "token").strip();
        String to = first(form, "to");
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
                .map(set -> seeOther(isOwn(to) ? to : START).header("Set-Cookie", set))
                .orElseGet(() -> pages.signIn(
                        request, 401, to, Optional.of("The token is too long to be kept in a cookie of a browser")));
    }

    /** Needs no token of forms: another site could only be a nuisance with it, and is refused anyway. */
    private Reply signOut(Request request) {
        return seeOther("/sign-in").header("Set-Cookie", cookie.removed());
    }

    private static Map<String, List<String>> form(Request request) {
        return QueryText.parse(new String(request.body(), StandardCharsets.UTF_8));
    }

    private static String first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    /** Whether an address is one of this console: browsers take two slashes, or a backslash, for another host. */
    private static boolean isOwn(String to) {
        return to.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");
    }

    private static Reply seeOther(String to) {
        return new Reply(SEE_OTHER, Html.TYPE, Map.of("Location", to), new Reply.Whole(new byte[0]));
    }
}
