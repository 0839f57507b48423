package io.foundling.service.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics} from the moment it is made until it is closed. Each
 * request asks the suppliers, on any thread of the endpoint.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    /** So many clients may stall in their requests before a probe waits for one of them to be given up. */
    private static final int MAX_THREADS = 200;

    private static final Duration IDLE_THREAD_ENDS = Duration.ofSeconds(10);
    private static final int BACKLOG = 64;

    /** Below, an answer fits into a packet or two, and compression saves nothing. */
    private static final int LARGE = 2_048;

    private final Map<String, Supplier<HttpAnswer>> routes;
    private final ExecutorService executor;
    private final HttpServer server;

    /**
     * Starts listening.
     *
     * @param port 0 for any free port, see {@link #port}
     * @param livenessProblems empty while the process is worth keeping
     * @param readinessProblems empty while the service does its work
     * @param metrics Prometheus text format
     * @throws CannotListenException if the address is taken, unknown or not allowed
     */
    public HttpEndpoint(
            String host,
            int port,
            Supplier<List<String>> livenessProblems,
            Supplier<List<String>> readinessProblems,
            Supplier<String> metrics) {
        routes = Map.of(
                "/livez", () -> HttpAnswer.probe(livenessProblems.get()),
                "/readyz", () -> HttpAnswer.probe(readinessProblems.get()),
                "/metrics", () -> HttpAnswer.metrics(metrics.get()));
        server = bind(host, port);
        AtomicInteger threads = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_THREAD_ENDS.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(BACKLOG),
                task -> {
                    Thread thread = new Thread(task, "foundling-http-" + threads.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        executor = pool;
        server.createContext("/", this::handle);
        server.setExecutor(executor);
        server.start();
    }

    /** Returns the port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static HttpServer bind(String host, int port) {
        // Read once per process by the server of the JDK. Without the first, Nagle's algorithm adds 40 ms to an answer
        // (JDK-6968351); without the others, in seconds, a few stalled clients hold all threads, and the probes fail.
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxReqTime", "2");
        setIfAbsent("sun.net.httpserver.maxRspTime", "10");
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CannotListenException(host, port, "no such host", null);
        }
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException refused) {
            throw new CannotListenException(host, port, refused.getMessage(), refused);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpAnswer answer = answer(exchange);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
            if (body.length >= LARGE && takesGzip(exchange.getRequestHeaders().getFirst("Accept-Encoding"))) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                body = zipped(body);
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Prometheus sends {@code gzip}; what asks for it with a quality of zero refuses it. */
    private static boolean takesGzip(String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String each : acceptEncoding.split(",")) {
            String[] coding = each.split(";", 2);
            if (coding[0].strip().equalsIgnoreCase("gzip")) {
                return coding.length == 1 || !coding[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 8);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private HttpAnswer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        Supplier<HttpAnswer> route = path == null ? null : routes.get(path);
        if (route == null) {
            return HttpAnswer.text(404, "not found; there are /livez, /readyz and /metrics");
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            return HttpAnswer.text(405, path + " can only be read, with GET");
        }
        try {
            return route.get();
        } catch (RuntimeException failed) {
            LOG.warn("Cannot answer {}", path, failed);
            return HttpAnswer.text(500, path + " failed, see the log");
        }
    }
}
