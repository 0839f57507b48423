package io.foundling.service.asking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.failure.TlsFailure;
import io.foundling.schemas.registry.BoundedBody;
import io.foundling.schemas.registry.BoundedExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks a console, or has it act. Each exchange ends within its limit, body included. An answer as JSON or text is at
 * most 8 MiB, an export of any length. Redirects are not followed, because they would send the token to another host.
 */
public final class ConsoleClient {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final int OK = 200;

    private final AskedConsole console;
    private final JsonMapper mapper = new JsonMapper();
    private final Refusals refusals;
    private final HttpClient http;

    /** Makes one that connects when it is asked. */
    public ConsoleClient(AskedConsole console) {
        this.console = console;
        refusals = new Refusals(console, mapper);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(console.within());
        console.tls().ifPresent(builder::sslContext);
        http = builder.build();
    }

    /**
     * Returns an answer that is a JSON object.
     *
     * @throws AskingException if there is none
     */
    public ObjectNode json(Question question) {
        return object(whole(question, JSON, Optional.empty()));
    }

    /**
     * Has something done, and returns the answer, a JSON object.
     *
     * @param wanted the body of the request
     * @throws AskingException if there is none; it may have been done nevertheless
     */
    public ObjectNode post(Question question, ObjectNode wanted) {
        return object(whole(question, JSON, Optional.of(wanted)));
    }

    private ObjectNode object(byte[] body) {
        try {
            JsonNode json = mapper.readTree(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException broken) {
            // Whatever it is, no console has written it.
        }
        throw refusals.noConsole("something that is no JSON object");
    }

    /**
     * Returns an answer that is plain text.
     *
     * @throws AskingException if there is none
     */
    public String text(Question question) {
        return new String(whole(question, TEXT, Optional.empty()), StandardCharsets.UTF_8);
    }

    /**
     * Hands over the lines of a CSV, its header first, each without its end, until the last one or an answer of false.
     * The limit of the address is that on the time without progress.
     *
     * @throws AskingException if there is no answer, or it breaks off; what the reader of the lines throws is thrown as
     *     it is
     */
    public void csv(Question question, Predicate<String> lines) {
        CsvLines reading = new CsvLines(lines);
        HttpResponse<byte[]> answer = exchange(
                request(question, CsvLines.TYPE, Optional.empty()),
                request -> ExportExchange.send(http, request, reading, Refusals::mediaType, console.within()));
        check(answer, CsvLines.TYPE);
    }

    private byte[] whole(Question question, String type, Optional<ObjectNode> wanted) {
        HttpResponse<byte[]> answer = exchange(
                request(question, type, wanted),
                request -> BoundedExchange.send(http, request, head -> new BoundedBody(), console.within()));
        check(answer, type);
        return answer.body();
    }

    private void check(HttpResponse<byte[]> answer, String type) {
        if (answer.statusCode() != OK || !Refusals.mediaType(answer.headers()).equals(type)) {
            throw refusals.of(answer);
        }
    }

    /** One way to exchange a request for an answer. */
    private interface Sending {
        HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Sending sending) {
        try {
            return sending.send(request);
        } catch (HttpConnectTimeoutException | ConnectException unreachable) {
            throw AskingException.unavailable(
                    Causes.find(unreachable, UnresolvedAddressException.class).isPresent()
                            ? "the name " + console.url().getHost() + " is unknown; see --url, and DNS"
                            : "no console answers at " + console.shown()
                                    + "; start one with foundling console, or see --url and FOUNDLING_CONSOLE_URL");
        } catch (HttpTimeoutException stalled) {
            throw AskingException.unanswered(console.shown() + " gave " + stalled.getMessage() + "; see --timeout");
        } catch (IOException failed) {
            throw explained(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AskingException.unanswered("interrupted while waiting for " + console.shown());
        }
    }

    private HttpRequest request(Question question, String type, Optional<ObjectNode> wanted) {
        HttpRequest.Builder request = HttpRequest.newBuilder(question.uri(console))
                .header("User-Agent", "foundling")
                .header("Accept", type);
        wanted.ifPresent(body ->
                request.header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        console.token().ifPresent(token -> authorize(request, token));
        return request.build();
    }

    /** The JDK's message would have the token. */
    private static void authorize(HttpRequest.Builder request, String token) {
        try {
            request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException unsendable) {
            throw new AskingException(
                    AskingException.Kind.WRONG,
                    "the token of FOUNDLING_TOKEN or --token-file has a character that a header of HTTP cannot have");
        }
    }

    /** Nothing is sent before a handshake has succeeded. */
    private AskingException explained(IOException failed) {
        TlsFailure handshake =
                new TlsFailure(console.shown(), "--url", "--ca-file", "the client certificates it wants");
        return handshake.sentence(failed).map(AskingException::unavailable).orElseGet(() -> {
            String said = Causes.sentence(failed);
            return AskingException.unanswered("the exchange with " + console.shown() + " broke off"
                    + (said.isEmpty() ? "" : ": " + said)
                    + ("http".equalsIgnoreCase(console.url().getScheme())
                            ? "; if it speaks TLS, its URL begins with https"
                            : ""));
        });
    }
}
