package io.foundling.console.web;

import io.foundling.console.access.Access;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Serves operations over HTTP/1.1 from the moment it is made until it is closed. It answers everything that is wrong
 * with a problem of RFC 9457, and shows nobody what failed inside: that is in the log.
 */
public final class WebServer implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final WebSettings settings;
    private final Callers callers;
    private final Problems problems;
    private final WebListener listener;
    private final InstantSource clock;
    private final BodyRoom room;
    private final JettyParts jetty;
    private final Javalin server;

    /**
     * Starts listening, for programs that may call as often as they want.
     *
     * @throws CannotServeException if the address is taken, unknown or not allowed
     */
    public WebServer(
            WebSettings settings,
            Access access,
            List<Operation> operations,
            WebListener listener,
            InstantSource clock) {
        this(settings, Callers.of(access), operations, Optional.empty(), listener, clock);
    }

    /**
     * Starts listening.
     *
     * @param page shows problems to people; none: everybody gets them as JSON
     * @throws CannotServeException if the address is taken, unknown or not allowed
     */
    public WebServer(
            WebSettings settings,
            Callers callers,
            List<Operation> operations,
            Optional<ProblemPage> page,
            WebListener listener,
            InstantSource clock) {
        this.settings = settings;
        this.callers = callers;
        this.listener = listener;
        this.clock = clock;
        problems = new Problems(page);
        room = new BodyRoom(settings.limits().bodiesBytes());
        jetty = new JettyParts(settings, problems, listener);
        server = Javalin.create(config -> configure(config, operations));
        try {
            server.start();
        } catch (RuntimeException failed) {
            server.stop();
            throw JettyParts.cannotServe(settings, failed);
        }
    }

    /** Returns the port that is listened on. */
    public int port() {
        return jetty.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig config, List<Operation> operations) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = settings.limits().bodyBytes();
        jetty.configure(config.jetty);
        Map<String, List<Operation>> byPath = operations.stream()
                .flatMap(WebServer::onItsPaths)
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        LinkedHashMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        byPath.forEach((path, served) -> served.forEach(operation -> serve(config, path, operation)));
        config.routes.exception(
                HttpResponseException.class, (refusal, http) -> answer(refused(refusal, http, byPath), http));
        config.routes.exception(RuntimeException.class, this::answer);
    }

    private static Stream<Map.Entry<String, Operation>> onItsPaths(Operation operation) {
        return Stream.concat(Stream.of(operation.path()), operation.route().pathOfParts().stream())
                .map(path -> Map.entry(path, operation));
    }

    private void serve(JavalinConfig config, String path, Operation operation) {
        OperationCall call = new OperationCall(operation, path, callers, settings, clock, room);
        Exchange exchange = new Exchange(operation.id(), call::reply, problems, listener);
        config.routes.addHttpHandler(HandlerType.findOrCreate(operation.method().name()), path, exchange::serve);
        if (operation.method() == Method.GET) {
            config.routes.addHttpHandler(HandlerType.HEAD, path, exchange::serve);
        }
    }

    private static ProblemException otherMethod(String method, List<Operation> operations) {
        String allowed = operations.stream()
                .flatMap(operation -> operation.method() == Method.GET ? Stream.of("GET", "HEAD") : Stream.of("POST"))
                .sorted()
                .collect(Collectors.joining(", "));
        return ProblemException.of(405, "The method is " + Shown.of(method) + ", must be one of " + allowed)
                .header("Allow", allowed);
    }

    /** Javalin's own refusals: of paths that nothing is at, and of methods that a path does not have. */
    private static ProblemException refused(
            HttpResponseException refusal, Context http, Map<String, List<Operation>> byPath) {
        if (refusal.getStatus() != NOT_FOUND) {
            return ProblemException.of(refusal.getStatus(), "The request cannot be answered");
        }
        return byPath.keySet().stream()
                .filter(path -> PathText.fits(path, http.path()))
                .findFirst()
                .map(path -> otherMethod(http.req().getMethod(), byPath.get(path)))
                .orElseGet(() -> ProblemException.of(
                        404,
                        "There is nothing at " + Shown.of(http.path()) + "; /api/v1/openapi.json lists what there is"));
    }

    private void answer(RuntimeException failure, Context http) {
        new Exchange(
                        WebListener.NO_OPERATION,
                        unanswered -> {
                            throw failure;
                        },
                        problems,
                        listener)
                .serve(http);
    }
}
