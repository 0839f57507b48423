package io.foundling.service.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.delivery.Receiver;
import io.foundling.schemas.Certificates;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.config.NotifySettings;
import io.foundling.service.config.ReceiverSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiversTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFBearer s3cret", "Bearer \u201Cs3cret\u201D", "Bearer\ts3cret", "", "\n"})
    void shouldRefuseAnAuthorizationThatHttpDoesNotAllow(String text) throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("authorization"), text);

        // Then
        shouldRefuse("http://a", Optional.of(file), "receivers[].authorizationFile of a is " + file);
    }

    @Test
    void shouldRefuseAUserInAUrlBecauseItWouldNotBeSent() {
        shouldRefuse("http://user:s3cret@a:1", Optional.empty(), "receivers[].url of a holds a URL with a user");
    }

    @Test
    void shouldRefuseTwoUrlsThatMetricsShowAlike() {
        shouldRefuse("http://a:1/one,http://a:1/two", Optional.empty(), "receivers[].url of a holds two URLs of");
    }

    @Test
    void shouldRefuseASecretThatIsNotTheBase64ThatItSays() throws IOException {
        // Given
        Path secret = Files.writeString(directory.resolve("secret"), "whsec_s3cret!");
        var files = new ReceiverSettings.Files(
                Optional.empty(), Optional.of(secret), Optional.empty(), Optional.empty(), Optional.empty());

        // Then
        shouldRefuse(settings("http://a", files), "receivers[].secretFile of a begins with whsec_ but is not Base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "http://a/s3cret,http://b/s3cret"})
    void shouldRefuseAFileThatHoldsNoUrlOfAWebhook(String text) throws IOException {
        // Given
        Path url = Files.writeString(directory.resolve("url"), text);
        ReceiverSettings webhook = new ReceiverSettings(
                "a",
                ReceiverSettings.Kind.WEBHOOK,
                new ReceiverSettings.Address(Optional.empty(), Optional.of(url)),
                Receiver.Format.CLOUDEVENTS,
                Duration.ZERO,
                Duration.ofSeconds(1),
                ReceiverSettings.Files.NONE);

        // Then
        shouldRefuse(
                new NotifySettings(Optional.empty(), List.of(webhook)),
                "receivers[].urlFile of a holds no http or https URL, or several for a WEBHOOK");
    }

    @Test
    void shouldRefuseToRunWithoutAReceiver() {
        shouldRefuse(new NotifySettings(Optional.empty(), List.of()), "receivers is missing");
    }

    @Test
    void shouldReadWhatIsRight() throws IOException {
        // Given
        Path file = Files.writeString(directory.resolve("authorization"), "Bearer s3cret\n");

        // When
        List<Receiver> receivers = Receivers.of(settings("http://a:1, http://a:2", Optional.of(file)));

        // Then
        assertThat(receivers).singleElement().satisfies(each -> {
            assertThat(each.transport().credentials().get().authorization()).contains("Bearer s3cret");
            assertThat(each).asString().doesNotContain("s3cret");
            assertThat(each.endpoints()).containsExactly("a:1", "a:2");
        });
    }

    @Test
    void shouldNameTheFileThatDoesNotExist() {
        // Given
        Path missing = directory.resolve("missing");

        // Then
        shouldRefuse(
                "http://a",
                Optional.of(missing),
                "receivers[].authorizationFile of a is " + missing + ", which does not exist");
    }

    @Test
    void shouldRefuseAnAuthorityThatIsNoPem() throws IOException {
        // Given
        Path rubbish = Files.writeString(directory.resolve("ca"), "s3cret");

        // Then
        shouldRefuse(settings("https://a", files(rubbish)), "receivers[].caFile of a cannot be used, expected PEM");
    }

    @Test
    void shouldRefuseAnAuthorityWhenNothingIsSentByTls() throws IOException {
        // Given
        Certificates certificates = Certificates.in(directory);
        Path authority = Files.writeString(directory.resolve("ca"), certificates.pemChain("authority"));

        // Then
        shouldRefuse(settings("http://a", files(authority)), "receivers[].caFile of a is for https, but");
        assertThat(Receivers.of(settings("https://a", files(authority))))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.transport().credentials().get().tls()).isPresent());
    }

    @Test
    void shouldKeepThoseWithoutAProblemWhenOneHasOne() {
        // Given
        List<ReceiverSettings> both = new ArrayList<>();
        both.addAll(settings("http://a", ReceiverSettings.Files.NONE).receivers());
        both.addAll(settings("http://b", files(directory.resolve("missing"))).receivers());

        // When
        Receivers read = Receivers.read(new NotifySettings(Optional.empty(), both));

        // Then
        assertThat(read.usable())
                .singleElement()
                .satisfies(each -> assertThat(each.endpoints()).containsExactly("a"));
        assertThat(read.problems()).isNotEmpty();
    }

    private static void shouldRefuse(String url, Optional<Path> authorizationFile, String problem) {
        shouldRefuse(settings(url, authorizationFile), problem);
    }

    private static void shouldRefuse(NotifySettings settings, String problem) {
        assertThatThrownBy(() -> Receivers.of(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("s3cret");
    }

    private static ReceiverSettings.Files files(Path authority) {
        return new ReceiverSettings.Files(
                Optional.empty(), Optional.empty(), Optional.of(authority), Optional.empty(), Optional.empty());
    }

    private static NotifySettings settings(String url, Optional<Path> authorizationFile) {
        return settings(
                url,
                new ReceiverSettings.Files(
                        authorizationFile, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static NotifySettings settings(String url, ReceiverSettings.Files files) {
        return new NotifySettings(
                Optional.empty(),
                List.of(new ReceiverSettings(
                        "a",
                        ReceiverSettings.Kind.ALERTMANAGER,
                        new ReceiverSettings.Address(Optional.of(url), Optional.empty()),
                        Receiver.Format.ALERTMANAGER,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        files)));
    }
}
