package io.foundling.console.web;

import io.foundling.schemas.failure.Causes;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The parts of the server below Javalin: its connector, its threads, and its limits. For one server. */
final class JettyParts {

    private static final int THREADS_KEPT = 4;
    private static final int THREAD_ENDS_MS = 60_000;

    private final WebSettings settings;
    private final Problems problems;
    private final WebListener listener;
    private ServerConnector connector;

    JettyParts(WebSettings settings, Problems problems, WebListener listener) {
        this.settings = settings;
        this.problems = problems;
        this.listener = listener;
    }

    void configure(JettyConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(settings.limits().threads(), THREADS_KEPT, THREAD_ENDS_MS);
        threads.setName("foundling-console");
        threads.setDaemon(true);
        config.threadPool = threads;
        config.modifyServer(this::configure);
        config.modifyHttpConfiguration(this::configure);
        config.addConnector(this::connector);
    }

    int port() {
        return connector.getLocalPort();
    }

    private void configure(Server server) {
        server.setErrorHandler(new ProblemErrorHandler(settings.limits(), problems, listener));
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
    }

    private void configure(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(settings.limits().headerBytes());
        // A key of a subject is one segment of a path, in which its slashes are %2F.
        http.setUriCompliance(UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
    }

    private Connector connector(Server server, HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        connector = settings.tls()
                .map(context -> {
                    SslContextFactory.Server tls = new SslContextFactory.Server();
                    tls.setSslContext(context);
                    return new ServerConnector(server, tls, plain);
                })
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        ArrivalLimit arrival =
                new ArrivalLimit(connector.getScheduler(), settings.limits().arrival());
        connector.addBean(arrival, false);
        server.insertHandler(arrival);
        open(connector);
        return connector;
    }

    /** Opens the port before Javalin does: Javalin would log a port that is in use as a failure of its own. */
    private static void open(ServerConnector connector) {
        try {
            connector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static CannotServeException cannotServe(WebSettings settings, RuntimeException failed) {
        return new CannotServeException(
                settings.host(), settings.port(), Causes.deepest(failed).getMessage(), failed);
    }
}
