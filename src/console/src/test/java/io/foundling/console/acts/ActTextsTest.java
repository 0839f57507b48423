package io.foundling.console.acts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActTextsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line\nWARN forged",
                "line\rforged",
                "a\u2028b",
                "a\u0000b",
                "a\u001b[31mb",
                "a\u202eb",
                "\ud800",
                "\u0085"
            })
    void shouldRefuseWhatIsNotOneLine(String reason) {
        assertThat(ActTexts.faultOfReason(reason))
                .hasValueSatisfying(fault -> assertThat(fault).contains("must be one line of text"));
    }

    @Test
    void shouldRefuseBlankReasons() {
        assertThat(ActTexts.faultOfReason("  ")).contains("is blank, must say why");
    }

    @Test
    void shouldTakeReasonsThatTheLedgerKeepsWhole() {
        assertThat(ActTexts.faultOfReason("ü".repeat(512))).isEmpty();
        assertThat(ActTexts.faultOfReason("ü".repeat(512) + "x")).contains("has 1025 bytes, must have at most 1024");
    }

    @Test
    void shouldTakeMetadataOfOthersOnly() {
        assertThat(ActTexts.faultOfMetadata(Map.of("ticket", "OPS-12"))).isEmpty();
        assertThat(ActTexts.faultOfMetadata(Map.of(ActTexts.ACTOR, "somebody else")))
                .hasValueSatisfying(fault -> assertThat(fault).contains("begins with foundling."));
        assertThat(ActTexts.faultOfMetadata(Map.of())).isPresent();
        assertThat(ActTexts.faultOfMetadata(entries(16))).isEmpty();
        assertThat(ActTexts.faultOfMetadata(entries(17))).contains("metadata has 17 entries, must have 1 to 16");
        assertThat(ActTexts.faultOfMetadata(Map.of(" ", "x"))).isPresent();
        assertThat(ActTexts.faultOfMetadata(Map.of("name", "a\nb"))).isPresent();
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    }
}
