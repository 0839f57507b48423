package io.foundling.service.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.delivery.FakeReceiver;
import io.foundling.console.delivery.Receiver;
import io.foundling.schemas.Certificates;
import io.foundling.service.config.NotifySettings;
import io.foundling.service.config.ReceiverSettings;
import io.foundling.service.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverExaminationTest {

    @TempDir
    private Path directory;

    private final FakeReceiver server = new FakeReceiver();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldFindNothingWrongWhenAlertmanagerAnswers() {
        // Given
        server.answers(200, "{\"cluster\":{\"status\":\"ready\"}}");

        // Then
        assertThat(alertmanager())
                .isEqualTo(Finding.ok("a at 127.0.0.1:" + server.port() + " answers as Alertmanager does"));
        assertThat(server.posts()).singleElement().satisfies(post -> {
            assertThat(post.path()).isEqualTo("/prefix/api/v2/status");
            assertThat(post.body()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html>, is no Alertmanager with the API v2: it answers 200 <html>; see receivers[].url",
        "404, nothing, 'answers 404 nothing to GET /api/v2/status, expected 200; see receivers[].url'",
        "401, who, refuses the credentials: it answers 401 who; see receivers[].authorizationFile",
        "503, later, 'answers 503 later to GET /api/v2/status, expected 200; see receivers[].url'"
    })
    void shouldFindAnErrorWhenAlertmanagerAnswersOtherwise(int status, String body, String found) {
        // Given
        server.answers(status, body);

        // Then
        assertThat(alertmanager()).isEqualTo(Finding.error("a at 127.0.0.1:" + server.port() + " " + found));
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK, to HEAD; 'foundling notify test'",
        "405, OK, to HEAD; 'foundling notify test'",
        "501, OK, to HEAD; 'foundling notify test'",
        "403, WARNING, see receivers[].authorizationFile",
        "404, WARNING, see receivers[].url",
        "301, WARNING, sent again and again",
        "500, WARNING, sent again and again"
    })
    void shouldJudgeAWebhookByItsAnswerAndSendItNothing(int status, String severity, String part) {
        // Given
        server.answers(status);

        // When
        Finding finding = only(webhook(server.uri() + "/hook", ReceiverSettings.Files.NONE));

        // Then
        assertThat(finding.severity()).hasToString(severity);
        assertThat(finding.sentence())
                .startsWith("a at 127.0.0.1:" + server.port() + " answers " + status)
                .contains(part)
                .doesNotContain("/hook");
        assertThat(server.bodies()).containsExactly("");
    }

    @Test
    void shouldFindAnErrorWhenNobodyAnswers() {
        assertThat(only(webhook("http://127.0.0.1:1/s3cret", ReceiverSettings.Files.NONE)))
                .isEqualTo(Finding.error(
                        "a at 127.0.0.1:1 does not answer: no connection to 127.0.0.1:1;" + " see receivers[].url"));
    }

    @Test
    void shouldNameTheSettingWhenTheAuthorityOfAReceiverIsNotTrusted() throws IOException {
        // Given
        Certificates certificates = Certificates.in(directory);
        Path authority = Files.writeString(directory.resolve("ca.pem"), certificates.pemChain("authority"));
        try (FakeReceiver secured = new FakeReceiver(certificates.server("server"), false)) {
            // When
            Finding untrusted = only(webhook(secured.uri().toString(), ReceiverSettings.Files.NONE));
            Finding trusted = only(webhook(secured.uri().toString(), files(Optional.empty(), Optional.of(authority))));

            // Then
            assertThat(untrusted.sentence()).contains("is not trusted").endsWith("see receivers[].caFile");
            assertThat(trusted.sentence()).contains("answers 200");
        }
    }

    @Test
    void shouldGoOnWhenAFileCannotBeRead() {
        // Given
        Path missing = directory.resolve("missing");
        ReceiverSettings unreadable = webhook(server.uri().toString(), files(Optional.of(missing), Optional.empty()));
        ReceiverSettings readable = webhook(server.uri().toString(), ReceiverSettings.Files.NONE);

        // When
        List<Finding> findings = examined(unreadable, readable);

        // Then
        assertThat(findings)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(Finding.error(
                                        "receivers[].authorizationFile of a is " + missing + ", which does not exist")),
                        second -> assertThat(second.sentence()).contains("answers 200"));
    }

    private Finding alertmanager() {
        return only(
                settings(ReceiverSettings.Kind.ALERTMANAGER, server.uri() + "/prefix", ReceiverSettings.Files.NONE));
    }

    private static ReceiverSettings webhook(String url, ReceiverSettings.Files files) {
        return settings(ReceiverSettings.Kind.WEBHOOK, url, files);
    }

    private static ReceiverSettings settings(ReceiverSettings.Kind kind, String url, ReceiverSettings.Files files) {
        return new ReceiverSettings(
                "a",
                kind,
                new ReceiverSettings.Address(Optional.of(url), Optional.empty()),
                Receiver.Format.CLOUDEVENTS,
                Duration.ZERO,
                Duration.ofSeconds(20),
                files);
    }

    private static ReceiverSettings.Files files(Optional<Path> authorization, Optional<Path> authority) {
        return new ReceiverSettings.Files(
                authorization, Optional.empty(), authority, Optional.empty(), Optional.empty());
    }

    private static Finding only(ReceiverSettings receiver) {
        List<Finding> findings = examined(receiver);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static List<Finding> examined(ReceiverSettings... receivers) {
        return new ReceiverExamination(new NotifySettings(Optional.empty(), List.of(receivers))).findings();
    }
}
