package io.foundling.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a problem as a page, and who as JSON. */
class ProblemPageTest {

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private final WebHarness web = new WebHarness(TestOperations.all());

    @AfterEach
    void stop() {
        web.close();
    }

    @ParameterizedTest
    @CsvSource({"/nothing, 404", "/echo?number=0, 400", "/failing, 500", "/echo?x=%ff, 400"})
    void shouldShowBrowsersAPage(String target, int status) {
        // When
        HttpResponse<String> answer = web.get(target, "Accept", BROWSER);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.body()).startsWith("<p>").contains(" at " + target);
    }

    @Test
    void shouldKeepTheHeadersOfTheProblem() {
        // When
        HttpResponse<String> answer = web.send("POST", "/echo", "Accept", BROWSER);

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(answer.body()).startsWith("<p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json",
                "application/json, text/html;q=0.9",
                "text/csv",
                "text/html;q=0.1, */*",
                "nonsense"
            })
    void shouldSendProgramsJson(String accept) {
        // When
        HttpResponse<String> answer = web.get("/nothing", "Accept", accept);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(MediaTypes.PROBLEM);
    }

    @Test
    void shouldSendJsonToThoseWhoSayNothing() {
        assertThat(web.get("/nothing").headers().firstValue("Content-Type")).hasValue(MediaTypes.PROBLEM);
    }

    @Test
    void shouldShowAPageAlsoOfWhatIsNoRequest() {
        // When
        String answer = web.raw("GET /a/%2e%2e/echo HTTP/1.1\r\nHost: localhost\r\nAccept: " + BROWSER
                + "\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("Content-Type: text/html;")
                .contains("<p>The request is not one of HTTP/1.1", " at /</p>");
    }
}
