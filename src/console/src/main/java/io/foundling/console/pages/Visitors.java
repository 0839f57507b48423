package io.foundling.console.pages;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.Caller;
import io.foundling.console.web.Credentials;
import io.foundling.console.web.Request;
import java.util.Optional;

/** Finds out who looks at a page: by the header Authorization, or by the cookie of the sign-in form. Any thread. */
final class Visitors {

    private static final String BEARER = "Bearer ";

    private final Access access;
    private final SessionCookie cookie;
    private final ApiCalls api;

    Visitors(Access access, SessionCookie cookie, ApiCalls api) {
        this.access = access;
        this.cookie = cookie;
        this.api = api;
    }

    /** @throws AccessDeniedException if the credentials are missing, wrong or expired */
    Visitor of(Request request) {
        Credentials credentials = request.credentials();
        Optional<String> token = credentials.authorization().isPresent()
                ? Optional.empty()
                : cookie.token(credentials.cookies(), request.now());
        Caller caller = access.callerOf(token.map(BEARER::concat).or(credentials::authorization));
        return new Visitor(
                caller,
                token.isPresent(),
                api.answers("bulkActs", caller, request.now()),
                api.answers("policyTests", caller, request.now()),
                cookie.formToken(caller.name(), credentials.cookies()));
    }

    /** Returns whether a form is one that was made for this visitor. Others cannot know its token. */
    boolean isOwn(Form form, Visitor visitor, Request request) {
        return cookie.isFormToken(
                form.text(Form.TOKEN),
                visitor.caller().name(),
                request.credentials().cookies());
    }

    /** @throws AccessDeniedException if nobody has this token */
    Caller callerOf(String token) {
        return access.callerOf(Optional.of(BEARER + token));
    }
}
