package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsoleConfigTest {

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
