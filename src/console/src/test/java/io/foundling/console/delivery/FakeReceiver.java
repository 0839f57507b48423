package io.foundling.console.delivery;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A receiver on this machine that remembers what it was posted, and answers as it is asked to. */
public final class FakeReceiver implements AutoCloseable {

    /** A status that is never sent: the exchange hangs until the receiver is closed. */
    public static final int HANG = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private volatile int largest = Integer.MAX_VALUE;

    /**
     * One request.
     *
     * @param from port of the sender, one for each connection
     */
    public record Post(int from, String method, String path, Headers headers, String body) {

        public String contentType() {
            return headers.getFirst("Content-Type");
        }

        public String id() {
            return headers.getFirst("webhook-id");
        }

        public String timestamp() {
            return headers.getFirst("webhook-timestamp");
        }

        public String signature() {
            return headers.getFirst("webhook-signature");
        }

        public String authorization() {
            return headers.getFirst("Authorization");
        }
    }

    public FakeReceiver() {
        this(server());
    }

    /** Speaks TLS, and takes nothing from clients without a certificate that its context trusts, if it asks for one. */
    public FakeReceiver(SSLContext tls, boolean asksForCertificate) {
        this(server(tls, asksForCertificate));
    }

    private FakeReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private static HttpServer server(SSLContext tls, boolean asksForCertificate) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = tls.getDefaultSSLParameters();
                    wanted.setNeedClientAuth(asksForCertificate);
                    parameters.setSSLParameters(wanted);
                }
            });
            return server;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI uri() {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port());
    }

    public void answers(int newStatus) {
        answers(newStatus, "");
    }

    public void answers(int newStatus, String body) {
        answer = body;
        status = newStatus;
    }

    public void asksToWait(int seconds) {
        adds("Retry-After", Integer.toString(seconds));
    }

    /** Adds a header to each answer. */
    public void adds(String header, String value) {
        headers.put(header, value);
    }

    /** A larger body is answered with the status 413. */
    public void takesAtMost(int bytes) {
        largest = bytes;
    }

    public List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Returns the bodies of all posts. */
    public List<String> bodies() {
        return posts.stream().map(Post::body).toList();
    }

    public List<String> ids() {
        return posts.stream().map(Post::id).toList();
    }

    public void forget() {
        posts.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posts.add(new Post(
                    exchange.getRemoteAddress().getPort(),
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    body));
            if (status == HANG) {
                closed.await();
                return;
            }
            if (body.length() > largest) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
