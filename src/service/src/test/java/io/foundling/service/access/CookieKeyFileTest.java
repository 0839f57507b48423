package io.foundling.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.console.pages.SessionKey;
import io.foundling.service.config.AccessSettings;
import io.foundling.service.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookieKeyFileTest {

    private static final String ONE = "one".repeat(11);
    private static final String OTHER = "other".repeat(7);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("cookie-key"), text);
    }

    @Test
    void shouldTakeANewKeyOnceTheFileHasChanged() throws IOException {
        // Given
        CookieKeyFile key = new CookieKeyFile(file(ONE), now::get);
        SessionKey first = key.get();

        // When
        file(OTHER);
        SessionKey soon = key.get();
        pass();
        SessionKey changed = key.get();
        pass();

        // Then
        assertThat(soon).isSameAs(first);
        assertThat(changed).isNotSameAs(first);
        assertThat(key.get()).isSameAs(changed);
    }

    @Test
    void shouldKeepTheKeyWhileTheFileCannotBeUsed() throws IOException {
        // Given
        Path file = file(ONE);
        CookieKeyFile key = new CookieKeyFile(file, now::get);
        SessionKey first = key.get();

        // When, then
        file("short");
        pass();
        assertThat(key.get()).isSameAs(first);
        Files.delete(file);
        pass();
        assertThat(key.get()).isSameAs(first);
        Files.createDirectory(file);
        pass();
        assertThat(key.get()).isSameAs(first);
        Files.delete(file);
        file(OTHER + "\n");
        pass();
        assertThat(key.get()).isNotSameAs(first);
    }

    @Test
    void shouldSayWhatIsWrongWithTheFileAndShowNothingOfIt() throws IOException {
        // Given
        Path file = file("sesame\n");

        // Then
        assertThatThrownBy(() -> new CookieKeyFile(file, now::get))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith(
                        "console.cookieKeyFile is " + file + ", which holds 6 characters, expected a secret of"
                                + " at least 32 characters, as of openssl rand -base64 32")
                .hasMessageNotContaining("sesame");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new CookieKeyFile(missing, now::get))
                .hasMessageContaining("console.cookieKeyFile is " + missing + ", which does not exist, expected");
    }

    @Test
    void shouldBeOneOfTheProcessWithoutAFile() throws IOException {
        // Given
        AccessSettings shared =
                new AccessSettings(Optional.empty(), Optional.empty(), Set.of(), Optional.of(file(ONE)), 0);

        // Then
        try (ConsoleAccess own = access(AccessSettings.NONE);
                ConsoleAccess other = access(AccessSettings.NONE);
                ConsoleAccess first = access(shared)) {
            assertThat(own.cookieKey().get()).isSameAs(own.cookieKey().get());
            assertThat(own.cookieKey().get()).isNotSameAs(other.cookieKey().get());
            assertThat(first.cookieKey()).isInstanceOf(CookieKeyFile.class);
        }
    }

    private static ConsoleAccess access(AccessSettings settings) {
        return new ConsoleAccess(settings, InstantSource.system(), reason -> {});
    }

    private void pass() {
        now.set(now.get().plus(CookieKeyFile.LOOKS_EVERY));
    }
}
