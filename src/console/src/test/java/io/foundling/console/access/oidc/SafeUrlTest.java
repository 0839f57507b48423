package io.foundling.console.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://idp.example.com/realms/a",
                "http://localhost:8080/realm",
                "http://127.0.0.1",
                "http://[::1]:80/a"
            })
    void shouldAcceptWhatNobodyCanChangeOnItsWay(String url) {
        assertThat(SafeUrl.of(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost@idp.example.com",
                "https://user:sesame@idp.example.com",
                "HTTP://idp.example.com",
                "file:///etc/passwd",
                "https:///keys",
                "ftp://localhost",
                "idp.example.com",
                "https://a b",
                "null",
                ""
            })
    void shouldRefuseAnythingElse(String url) {
        assertThat(SafeUrl.of(url)).isEmpty();
    }
}
