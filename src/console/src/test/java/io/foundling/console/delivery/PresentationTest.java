package io.foundling.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresentationTest {

    @Test
    void shouldNameTheLedgerWhateverAnAlertSays() {
        assertThat(linkingTo(null).labels(Map.of("application", "other", "a", "b")))
                .isEqualTo(Map.of("application", "ledger", "a", "b"));
    }

    @Test
    void shouldLinkToAnAlertOnlyWhenThereIsAConsole() {
        assertThat(linkingTo("https://console//").link("a/b")).contains("https://console/alerts?key=a%2Fb");
        assertThat(linkingTo(null).link("a/b")).isEmpty();
    }

    private static Presentation linkingTo(String consoleUrl) {
        return new Presentation("ledger", Optional.ofNullable(consoleUrl));
    }
}
