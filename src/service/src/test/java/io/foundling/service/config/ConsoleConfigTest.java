package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleConfigTest {

    /** The cookie of a person who is signed in is for TLS only then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{}|false",
                "{consoleUrl: http://console.example}|{}|false",
                "{consoleUrl: https://console.example}|{}|true",
                "{}|{certificateFile: tls.crt, keyFile: tls.key}|true",
                "{consoleUrl: http://console.example}|{certificateFile: tls.crt, keyFile: tls.key}|true"
            })
    void shouldSayWhetherBrowsersReachItByTls(String notify, String console, boolean isTls) {
        assertThat(ConfigReaderTest.read(
                                ConfigReaderTest.REQUIRED + "notify: " + notify + "\nconsole: " + console + "\n")
                        .readSide()
                        .isReachedByTls())
                .isEqualTo(isTls);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/console?password=sesame",
                "jdbc:postgresql://db/console?user=a&sslPassword=sesame",
                "jdbc:postgresql://user:sesame@db/console",
                "jdbc:mysql://db/console",
                "console.db",
            })
    void shouldRefuseADatabaseThatCannotBeUsedOrHasAPasswordInItsUrl(String url) {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + "console: {database: '" + url + "'}\n"))
                .singleElement()
                .asString()
                .contains(
                        "console.database is ", "expected jdbc:sqlite: and a file, or jdbc:postgresql: and a database")
                .doesNotContain("sesame");
    }
}
