package io.foundling.console.delivery.http;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.failure.TlsFailure;
import io.foundling.schemas.registry.BoundedExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * One address that JSON is posted to, or asked for. An exchange ends after its limit, body included, whatever the other side does. The
 * status decides what came of it, also if the body is long, breaks off or never ends: its beginning is only shown. Redirects
 * are not followed, because they would send the credentials to another host.
 */
public final class Endpoint {

    /** How much of an answer people are shown. */
    static final int SHOWN = 500;

    private static final int OK = 200;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final URI uri;
    private final Transport transport;
    private Optional<SSLContext> tls = Optional.empty();
    private HttpClient http;

    public Endpoint(URI uri, Transport transport) {
        this.uri = uri;
        this.transport = transport;
    }

    /** Returns host and port, without user, path and query, which may hold secrets. */
    public String shown() {
        return shown(uri);
    }

    /** Returns host and port of an address. */
    public static String shown(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Posts JSON and waits for the answer. */
    public Answer post(byte[] json, Map<String, String> headers) throws InterruptedException {
        return send(request -> {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json));
            headers.forEach((name, value) -> set(request, name, value, "the header " + name));
        });
    }

    /** Asks without a body, as by GET or HEAD, which changes nothing. */
    public Answer ask(String method) throws InterruptedException {
        return send(request -> request.method(method, BodyPublishers.noBody()));
    }

    /** Asks for JSON, and returns all of it, at most as much as a {@link io.foundling.schemas.registry.BoundedBody} takes. */
    public Fetched fetch() throws InterruptedException {
        AtomicReference<byte[]> body = new AtomicReference<>();
        Answer answer =
                send(request -> request.header("Accept", "application/json").GET(), (client, request) -> {
                    HttpResponse<byte[]> whole = BoundedExchange.send(client, request, transport.within());
                    body.set(whole.body());
                    return answer(whole.statusCode(), whole.headers(), whole.body());
                });
        return new Fetched(answer, answer.status() == OK ? Optional.of(body.get()) : Optional.empty());
    }

    /** How a request becomes an answer. */
    @FunctionalInterface
    private interface Exchange {

        Answer of(HttpClient client, HttpRequest request) throws IOException, InterruptedException;
    }

    private Answer send(Consumer<HttpRequest.Builder> filled) throws InterruptedException {
        return send(filled, this::exchange);
    }

    private Answer send(Consumer<HttpRequest.Builder> filled, Exchange exchange) throws InterruptedException {
        Credentials credentials = transport.credentials().get();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("User-Agent", "foundling");
            filled.accept(request);
            credentials
                    .authorization()
                    .ifPresent(proof -> set(request, "Authorization", proof, "receivers[].authorizationFile"));
            return exchange.of(client(credentials.tls()), request.build());
        } catch (IllegalArgumentException unsendable) {
            return Answer.none(unsendable.getMessage());
        } catch (HttpConnectTimeoutException | ConnectException unreachable) {
            return Answer.none(
                    Causes.find(unreachable, UnresolvedAddressException.class).isPresent()
                            ? "the name " + uri.getHost() + " is unknown; see receivers[].url or urlFile, and DNS"
                            : "no connection to " + shown());
        } catch (HttpTimeoutException stalled) {
            return Answer.none(stalled.getMessage());
        } catch (IOException failed) {
            return Answer.none(explained(failed));
        }
    }

    /** Other certificates need another client, and with it new connections. */
    private synchronized HttpClient client(Optional<SSLContext> needed) {
        if (http == null || !needed.equals(tls)) {
            HttpClient.Builder client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(transport.within());
            needed.ifPresent(client::sslContext);
            http = client.build();
            tls = needed;
        }
        return http;
    }

    private String explained(IOException failed) {
        TlsFailure handshake = new TlsFailure(
                shown(), "receivers[].url", "receivers[].caFile", "receivers[].certificateFile and keyFile");
        return handshake.sentence(failed).orElseGet(() -> {
            String said = Causes.sentence(failed);
            return "the exchange broke: "
                    + (said.isEmpty() ? shown() + " closed the connection" : said)
                    + ("https".equalsIgnoreCase(uri.getScheme()) ? handshake.hint(failed) : "");
        });
    }

    /** The value may be a secret, and the JDK's message has it. */
    private static void set(HttpRequest.Builder request, String name, String value, String source) {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException unsendable) {
            throw new IllegalArgumentException(source + " has a character that a header of HTTP cannot have");
        }
    }

    /** Once there is a status, what becomes of the body does not matter. */
    private Answer exchange(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        AtomicReference<Answer> begun = new AtomicReference<>();
        HttpResponse.BodyHandler<byte[]> beginning = head -> {
            begun.set(answer(head.statusCode(), head.headers(), new byte[0]));
            return new BodyBeginning();
        };
        try {
            HttpResponse<byte[]> whole = BoundedExchange.send(client, request, beginning, transport.within());
            return answer(whole.statusCode(), whole.headers(), whole.body());
        } catch (IOException failed) {
            Answer withoutBody = begun.get();
            if (withoutBody == null) {
                throw failed;
            }
            return withoutBody;
        }
    }

    private static Answer answer(int status, HttpHeaders headers, byte[] body) {
        String said = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        String text = status + (said.isEmpty() ? "" : " " + said);
        return new Answer(
                status,
                text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text,
                headers.firstValue("Retry-After").flatMap(Endpoint::seconds));
    }

    /** A date is ignored: the own back-off is used then. */
    private static Optional<Duration> seconds(String retryAfter) {
        return retryAfter.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(retryAfter), LONGEST_WAIT.toSeconds())))
                : Optional.empty();
    }
}
