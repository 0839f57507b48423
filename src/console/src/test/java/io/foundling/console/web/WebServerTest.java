package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.console.access.Access;
import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.delivery.LogLines;
import io.javalin.Javalin;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebHarness web = new WebHarness(TestOperations.all(), WebServerTest::caller, WebLimits.DEFAULTS);

    @AfterEach
    void close() {
        web.close();
    }

    private static Caller caller(Optional<String> authorization) {
        return switch (authorization.orElse("")) {
            case "" -> new Caller("local", Set.of(Role.values()), Optional.empty());
            case "Bearer reader" -> new Caller("reader", Set.of(Role.READER), Optional.empty());
            case "Bearer stranger" ->
                throw new AccessDeniedException(Reason.GRANTS_NOTHING, "The token grants nothing here");
            case "Bearer unjudged" -> throw new AccessUnavailableException("The keys of the issuer are not known yet");
            default -> throw new AccessDeniedException(Reason.UNKNOWN, "The token is not known");
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/echo|{\"number\":\"7\"}",
                "/echo?number=1000|{\"number\":\"1000\"}",
                "/echo?name=a%20b%2Fc|{\"name\":\"a b/c\",\"number\":\"7\"}",
                "/echo?colour=dark-blue|{\"number\":\"7\",\"colour\":\"DARK_BLUE\"}",
                "/echo?since=1h%20ago|{\"number\":\"7\",\"since\":\"2026-11-30T11:00:00Z\"}",
                "/echo?since=1h+ago|{\"number\":\"7\",\"since\":\"2026-11-30T11:00:00Z\"}",
                "/echo?since=2020-01-01T00:00:00Z|{\"number\":\"7\",\"since\":\"2020-01-01T00:00:00Z\"}",
                "/echo?age=90s&flag=true|{\"number\":\"7\",\"age\":\"PT1M30S\",\"flag\":\"true\"}",
                "/many?each=a&each=b|{\"each\":\"a,b\"}",
                "/things/record%2Fa%2Fb%252Fc%2F1/part|{\"key\":\"record/a/b%2Fc/1\"}",
                "/things/record/a/b%2Fc/1/part|{\"key\":\"record/a/b%2Fc/1\"}",
                "/things/record/a/b%20c/~/part|{\"key\":\"record/a/b%20c/~\"}"
            })
    void shouldReadParameters(String target, String answer) {
        // When
        HttpResponse<String> response = web.get(target);

        // Then
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(answer);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/echo?number=0|number|number is '0', must be a whole number from 1 to 1000",
                "/echo?number=1001|number|number is '1001', must be a whole number from 1 to 1000",
                "/echo?number=9999999999999|number|number is '9999999999999', must be a whole number from 1 to 1000",
                "/echo?number=|number|number is '', must be a whole number from 1 to 1000",
                "/echo?number=1&number=1|number|number is there 2 times, must be there once",
                "/echo?nubmer=1|nubmer|parameter 'nubmer' is unknown, must be one of name, number, colour, since, age,"
                        + " flag; did you mean 'number'?",
                "/echo?name=|name|name is '', must be a text of 1 to 10 characters",
                "/echo?name=12345678901|name|name is '12345678901', must be a text of 1 to 10 characters",
                "/echo?colour=green|colour|colour is 'green', must be one of RED, DARK_BLUE",
                "/echo?since=yesterday|since|since is 'yesterday', must be a moment such as 2026-11-30T12:00:00Z, or 1h"
                        + " ago",
                "/echo?since=-1h+ago|since|since is '-1h ago', must be a moment such as 2026-11-30T12:00:00Z, or 1h ago",
                "/echo?since=PT-1H+ago|since|since is 'PT-1H ago', must be a moment such as 2026-11-30T12:00:00Z, or 1h"
                        + " ago",
                "/echo?since=%2B999999999-01-01T00:00:00Z|since|since is '+999999999-01-01T00:00:00Z', must be a moment"
                        + " such as 2026-11-30T12:00:00Z, or 1h ago",
                "/echo?age=1w|age|age is '1w', must be a duration, written like 500ms, 5s, 1m, 6h, 14d or PT5S",
                "/echo?age=PT-1H|age|age is 'PT-1H', must be a duration, written like 500ms, 5s, 1m, 6h, 14d or PT5S",
                "/echo?flag=yes|flag|flag is 'yes', must be true or false",
                "/many|each|each is missing, must be a text of 1 to 10 characters",
                "/many?each=a&each=|each|each is '', must be a text of 1 to 10 characters"
            })
    void shouldRefuseWrongInputWithASentence(String target, String parameter, String detail) throws Exception {
        // When
        HttpResponse<String> response = web.get(target);

        // Then
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("title").asText()).isEqualTo("Bad Request");
        assertThat(problem.get("detail").asText()).isEqualTo(detail);
        assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo(parameter);
        assertThat(problem.at("/errors/0/detail").asText()).isEqualTo(detail);
    }

    @Test
    void shouldListAllThatIsWrong() throws Exception {
        // When
        JsonNode problem = problem(web.get("/echo?number=0&name=&other=1"), 400);

        // Then
        assertThat(problem.get("errors")).hasSize(3);
        assertThat(problem.get("detail").asText()).endsWith(", and 2 more of the parameters are wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo?name=%FF", "/echo?%FF=1", "/echo?name=%C3%28"})
    void shouldRefuseAQueryThatIsNotUtf8(String target) throws Exception {
        assertThat(problem(web.get(target), 400).get("detail").asText()).contains("must be percent-encoded UTF-8");
    }

    /** The client of Java sends no such URL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo?name=%zz",
                "/echo?name=%",
                "/things/%zz/part",
                "/things/%FF/part",
                "/things/%/part",
                "/\0",
                "/echo HTTP/9.9",
                "//"
            })
    void shouldRefuseAMalformedUrl(String target) {
        // When
        String answer = web.raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|404|505) .*")
                .contains("application/problem+json", "\"detail\":")
                .doesNotContain("Exception", "jetty", "Server:");
    }

    @Test
    void shouldShowNoUnprintableCharacterOfTheCaller() throws Exception {
        // When
        JsonNode problem = problem(web.get("/echo?colour=a%0D%0Ab%E2%80%AE" + "x".repeat(500)), 400);

        // Then
        assertThat(problem.get("detail").asText())
                .startsWith("colour is 'a??b?xxx")
                .contains("…', must be");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|application/json",
                "text/plain|text/plain;charset=utf-8",
                "*/*|application/json",
                "text/*|text/plain;charset=utf-8",
                "text/plain;q=0.5, application/json|application/json",
                "text/plain, application/json;q=0.5|text/plain;charset=utf-8",
                "image/png, TEXT/PLAIN;q=0.1|text/plain;charset=utf-8"
            })
    void shouldAnswerInTheFormThatTheCallerLikesBest(String accept, String contentType) {
        assertThat(web.get("/echo", "Accept", accept).headers().firstValue("Content-Type"))
                .hasValueSatisfying(found -> assertThat(found.replace(" ", "")).isEqualTo(contentType));
    }

    @Test
    void shouldRefuseAFormThatThereIsNot() throws Exception {
        assertThat(problem(web.get("/echo", "Accept", "image/png"), 406)
                        .get("detail")
                        .asText())
                .isEqualTo("Accept is 'image/png', must allow one of application/json, text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/", "/echo/", "/echo/x", "/things/part"})
    void shouldSayThatNothingIsThere(String path) throws Exception {
        JsonNode problem = problem(web.get(path), 404);
        assertThat(problem.get("detail").asText()).startsWith("There is nothing at '" + path);
        assertThat(web.answered()).containsExactly("none 404");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/things//part", "/%2e%2e/echo", "/x/%2e%2E/echo", "/echo;x=1", "/a/..;/echo", "/%2fecho/%2e"})
    void shouldRefuseAPathThatOthersMayReadInAnotherWay(String path) throws Exception {
        HttpResponse<String> response = web.get(path);
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "FOO"})
    void shouldSayWhichMethodsThereAre(String method) throws Exception {
        // When
        HttpResponse<String> response = web.send(method, "/echo");

        // Then
        assertThat(problem(response, 405).get("detail").asText())
                .isEqualTo("The method is '" + method + "', must be one of GET, HEAD");
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(web.answered()).containsExactly("none 405");
    }

    @Test
    void shouldAnswerHeadLikeGetWithoutABody() {
        // When
        HttpResponse<String> response = web.send("HEAD", "/echo");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).contains("14");
        assertThat(web.send("HEAD", "/echo?number=0").statusCode()).isEqualTo(400);
        assertThat(web.answered()).containsExactly("echo 200", "echo 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/nothing", "/failing", "/echo?number=0"})
    void shouldKeepBrowsersFromDoingMoreWithAnyAnswer(String path) {
        // When
        HttpResponse<String> response = web.get(path);

        // Then
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("same-origin"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .doesNotContainKeys("server", "x-powered-by", "set-cookie");
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'self'; ")
                        .contains("frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
    }

    @Test
    void shouldShowAnIdAndNothingElseOfAFailure() throws Exception {
        try (LogLines log = new LogLines(Exchange.class)) {
            // When
            HttpResponse<String> response = web.get("/failing");

            // Then
            String id = problem(response, 500).get("id").asText();
            assertThat(response.body()).doesNotContain("secret", "Exception");
            assertThat(log.values()).containsExactly("failing", id);
        }
    }

    /** The log has no error for a wrong request, or for a database that does not answer. */
    @ParameterizedTest
    @CsvSource({"/breaking,1", "/ending,0"})
    void shouldBreakTheConnectionWhenAnAnswerFailsInTheMiddle(String path, int logged) {
        try (LogLines log = new LogLines(Exchange.class)) {
            assertThatThrownBy(() -> web.get(path)).isInstanceOf(UncheckedIOException.class);
            assertThat(log.all()).hasSize(logged);
        }
    }

    @Test
    void shouldAskForCredentials() throws Exception {
        HttpResponse<String> response = web.get("/echo", "Authorization", "Bearer wrong");
        assertThat(problem(response, 401).get("detail").asText()).isEqualTo("The token is not known");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(problem(web.get("/echo", "Authorization", "Bearer a", "Authorization", "Bearer b"), 400)
                        .get("detail")
                        .asText())
                .isEqualTo("Authorization is there 2 times, must be there once");
    }

    @Test
    void shouldTellCredentialsThatGrantNothingFromThoseThatCannotBeJudged() throws Exception {
        assertThat(problem(web.get("/echo", "Authorization", "Bearer stranger"), 403)
                        .get("detail")
                        .asText())
                .isEqualTo("The token grants nothing here");
        HttpResponse<String> unjudged = web.get("/echo", "Authorization", "Bearer unjudged");
        assertThat(problem(unjudged, 503).get("detail").asText()).isEqualTo("The keys of the issuer are not known yet");
        assertThat(unjudged.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void shouldRefuseACallerWithoutTheRole() throws Exception {
        HttpResponse<String> response =
                web.post("/posting", "{}", "Authorization", "Bearer reader", "Content-Type", "application/json");
        assertThat(problem(response, 403).get("detail").asText())
                .isEqualTo("This needs the role operator, which your credentials do not have");
    }

    @Test
    void shouldReadABody() throws Exception {
        assertThat(web.post("/posting", "{}", "Content-Type", "application/json; charset=utf-8")
                        .body())
                .isEqualTo("local:2");
        assertThat(web.post("/posting", "x".repeat(1_000), "Content-Type", "application/json")
                        .body())
                .isEqualTo("local:1000");
        assertThat(problem(web.post("/posting", "x".repeat(1_001), "Content-Type", "application/json"), 413)
                        .get("detail")
                        .asText())
                .isEqualTo("The body is too long, must be at most 1000 bytes");
        assertThat(problem(web.post("/posting", "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415)
                        .get("detail")
                        .asText())
                .isEqualTo("Content-Type is 'application/x-www-form-urlencoded', must be one of application/json");
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://evil.example", "Origin,null", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site"})
    void shouldRefuseWhatAPageOfAnotherSiteSends(String name, String value) throws Exception {
        assertThat(problem(web.post("/posting", "{}", "Content-Type", "application/json", name, value), 403)
                        .get("detail")
                        .asText())
                .startsWith("A page of another site sent this");
    }

    /** The browser knows better than the origin, which a proxy or a policy of referrers may have changed. */
    @ParameterizedTest
    @CsvSource({
        "same-origin,OWN,200",
        "same-origin,null,200",
        "same-origin,https://console.example,200",
        "none,OWN,200",
        "cross-site,OWN,403",
        ",OWN,200",
        ",http://127.0.0.1,403"
    })
    void shouldTakeWhatItsOwnPagesSend(String site, String origin, int status) {
        // Given
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json", "Origin"));
        headers.add(origin.replace("OWN", "http://127.0.0.1:" + web.port()));
        if (site != null) {
            headers.addAll(List.of("Sec-Fetch-Site", site));
        }

        // When
        HttpResponse<String> response = web.post("/posting", "{}", headers.toArray(String[]::new));

        // Then
        assertThat(response.statusCode()).isEqualTo(status);
    }

    /** A page whose name is resolved to this machine would otherwise read everything. */
    @Test
    void shouldAnswerOnlyNamesOfThisMachine() {
        assertThat(web.raw("GET /echo HTTP/1.1\r\nHost: evil.example:8090\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("Host is 'evil.example:8090', must be one of 127.0.0.1, [::1], localhost");
        assertThat(web.raw("GET /echo HTTP/1.1\r\nHost: LOCALHOST:1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldNameTheAddressThatIsTaken() {
        WebSettings taken =
                new WebSettings("127.0.0.1", web.port(), WebSettings.LOOPBACK, Optional.empty(), WebLimits.DEFAULTS);
        try (LogLines log = new LogLines(Javalin.class)) {
            assertThatThrownBy(() -> new WebServer(
                            taken, Access.local(), List.of(), (operation, status) -> {}, InstantSource.system()))
                    .isInstanceOf(CannotServeException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + web.port() + " (Address already in use)");
            assertThat(log.all()).isEmpty();
        }
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        return problem;
    }
}
