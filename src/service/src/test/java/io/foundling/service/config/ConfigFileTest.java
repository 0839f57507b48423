package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foundling.topology.settings.LedgerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that the configuration is read from. */
final class ConfigFileTest {

    @Test
    void shouldNameBothLinesWhenAKeyIsThereTwice() {
        assertThat(ConfigReaderTest.problems(
                        ConfigReaderTest.REQUIRED + "threads: 1\nhttp:\n  port: 1\n  port: 2\nthreads: 2\n"))
                .containsExactlyInAnyOrder(
                        "line 6: http.port is there twice, first in line 5; keep one of them",
                        "line 7: threads is there twice, first in line 3; keep one of them");
    }

    @Test
    void shouldNameTheLineAndBlameNothingElseWhenTheFileIsNoYaml() {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + "http: {port: 1\n"))
                .singleElement()
                .asString()
                .startsWith("line 4: is not valid YAML near column 1: ");
    }

    @Test
    void shouldSayHowToNameAFileWhenItDoesNotExist(@TempDir Path directory) {
        Path missing = directory.resolve("foundling.yaml");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new ConfigReader(Map.of()).read(missing))
                .withMessage(missing + " has a problem:\n  does not exist, expected a YAML file;"
                        + " name it with --config or FOUNDLING_CONFIG");
    }

    @Test
    void shouldReadAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("foundling.yaml"), ConfigReaderTest.REQUIRED + "threads: 3\n");

        assertThat(new ConfigReader(Map.of()).read(file).instance().threads()).isEqualTo(3);
    }

    @Test
    void shouldHandTheTopologyItsSettings() {
        LedgerSettings settings =
                ConfigReaderTest.read(ConfigReaderTest.REQUIRED).ledgerSettings(6, Set.of("audit.events"));

        assertThat(settings).isEqualTo(LedgerSettings.defaults("audit.events", 6));
    }
}
