package io.foundling.console.web;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Makes the request of an operation out of what HTTP has, or says why that is none. Any thread. */
final class OperationCall {

    private static final Caller NOBODY = new Caller("nobody", Set.of(), Optional.empty());

    private static final String RETRY_AFTER_S = "5";
    private static final int DENIED = 401;

    private final Operation operation;
    private final String path;
    private final Callers callers;
    private final WebSettings settings;
    private final InstantSource clock;
    private final BodyRoom room;

    /** @param path by which it is reached, with parameters in braces */
    OperationCall(
            Operation operation,
            String path,
            Callers callers,
            WebSettings settings,
            InstantSource clock,
            BodyRoom room) {
        this.operation = operation;
        this.path = path;
        this.callers = callers;
        this.settings = settings;
        this.clock = clock;
        this.room = room;
    }

    /** @throws ProblemException if the request is not one that the operation answers */
    Reply reply(Context http) {
        Origins.check(http, operation.method(), settings.hosts());
        try (BodyRoom.Share share = room.share()) {
            Reply reply = operation.handler().reply(request(http, share));
            checkDenied(reply.status(), http);
            return reply;
        } catch (ProblemException problem) {
            checkDenied(problem.problem().status(), http);
            throw problem;
        }
    }

    /**
     * Pages find out themselves who asks, so that only their answer shows whether a call was denied. A page that is denied
     * is the form to sign in, which anybody may open: otherwise one at the same address could keep it from others.
     */
    private void checkDenied(int status, Context http) {
        boolean isForm = operation.role().isEmpty() && operation.method() == Method.GET;
        if (status == DENIED && !isForm) {
            callers.limits().checkDenied(operation, address(http));
        }
    }

    private static InetAddress address(Context http) {
        return ((InetSocketAddress) ServletContextRequest.getServletContextRequest(http.req())
                        .getConnectionMetaData()
                        .getRemoteSocketAddress())
                .getAddress();
    }

    private Request request(Context http, BodyRoom.Share share) {
        Caller caller = caller(http);
        String query = Optional.ofNullable(http.queryString()).orElse("");
        return new Request(
                operation,
                caller,
                Exchange.target(http),
                clock.instant(),
                Negotiation.choose(values(http, "Accept"), operation.answer().mediaTypes()),
                ParameterReader.read(
                        operation.parameters(),
                        PathText.parse(path, http.path()),
                        QueryText.parse(query),
                        headers(http),
                        clock.instant()),
                operation
                        .body()
                        .map(body -> BodyReader.read(http, body, settings.limits(), share))
                        .orElse(Payload.NONE),
                new Credentials(
                        values(http, "Authorization").stream().findFirst(),
                        values(http, "Cookie").stream().findFirst()));
    }

    private Map<String, List<String>> headers(Context http) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.place() == Parameter.Place.HEADER)
                .collect(Collectors.toMap(Parameter::name, parameter -> values(http, parameter.name())));
    }

    private Caller caller(Context http) {
        if (operation.role().isEmpty()) {
            return NOBODY;
        }
        Role needed = operation.role().get();
        List<String> credentials = values(http, "Authorization");
        if (credentials.size() > 1) {
            throw ProblemException.of(
                    400, "Authorization is there " + credentials.size() + " times, must be there once");
        }
        Caller caller = known(credentials.stream().findFirst());
        callers.limits().check(operation, caller);
        if (!caller.has(needed)) {
            throw ProblemException.lacking(needed);
        }
        return caller;
    }

    private Caller known(Optional<String> credentials) {
        try {
            return callers.access().callerOf(credentials);
        } catch (AccessDeniedException denied) {
            throw denied.reason() == Reason.GRANTS_NOTHING
                    ? ProblemException.of(403, denied.getMessage())
                    : ProblemException.of(401, denied.getMessage()).header("WWW-Authenticate", "Bearer");
        } catch (AccessUnavailableException unavailable) {
            throw ProblemException.of(503, unavailable.getMessage()).header("Retry-After", RETRY_AFTER_S);
        }
    }

    private static List<String> values(Context http, String name) {
        return Collections.list(http.req().getHeaders(name));
    }
}
