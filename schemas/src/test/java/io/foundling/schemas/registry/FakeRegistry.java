package io.foundling.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** An HTTP or HTTPS server that gives prepared answers in order, the last one for ever, and notes what it was asked. */
public final class FakeRegistry implements AutoCloseable {

    private final String scheme;
    private final HttpServer server;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeRegistry() {
        this("http", address -> HttpServer.create(address, 0));
    }

    /** Speaks TLS, and may ask clients for a certificate. */
    public FakeRegistry(SSLContext tls, boolean asksForCertificate) {
        this("https", address -> {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = tls.getDefaultSSLParameters();
                    wanted.setNeedClientAuth(asksForCertificate);
                    parameters.setSSLParameters(wanted);
                }
            });
            return https;
        });
    }

    private FakeRegistry(String scheme, Opening opening) {
        this.scheme = scheme;
        try {
            server = opening.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException noPort) {
            throw new AssertionError(noPort);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public FakeRegistry answering(int status, String body) {
        answers.add(new Answer(status, body, ""));
        return this;
    }

    FakeRegistry redirectingTo(URI other) {
        answers.add(new Answer(302, "", other.toString()));
        return this;
    }

    public URI url() {
        return url("");
    }

    URI url(String path) {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The same address with user information. */
    URI url(String userInfo, String path) {
        return URI.create(
                scheme + "://" + userInfo + "@127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The Authorization header of every request so far, empty where there was none. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Method, path and body of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
        authorizations.add(
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), ""));
        Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.location().isEmpty()) {
            exchange.getResponseHeaders().add("Location", answer.location());
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private interface Opening {
        HttpServer open(InetSocketAddress address) throws IOException;
    }

    private record Answer(int status, String body, String location) {}

    /** Returns a client of open addresses. */
    static RegistryClient client(Duration maxWait, URI... urls) {
        return new HttpRegistryClient(new HttpRegistrySettings(
                Stream.of(urls).map(RegistryAddress::open).toList(),
                Optional.empty(),
                false,
                maxWait,
                Duration.ofSeconds(10)));
    }

    /** An address where nobody listens: the port was free a moment ago. */
    static URI nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
    }
}
