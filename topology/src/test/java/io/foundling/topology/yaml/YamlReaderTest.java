package io.foundling.topology.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no configuration, whatever they are: each gets the sentence that fits. */
final class YamlReaderTest {

    @Test
    void shouldSayHowDeepADocumentMayBe() {
        assertThat(problems("[".repeat(100_000))).containsExactly("line 1: is nested deeper than 50 levels");
        assertThat(problems("a:\n" + "- ".repeat(100) + "b"))
                .containsExactly("line 1: is nested deeper than 50 levels");
    }

    @Test
    void shouldSayHowManyAliasesADocumentMayHave() {
        assertThat(problems("a: &a [1]\nb: [" + "*a,".repeat(60) + "]"))
                .containsExactly("line 1: uses more than 50 aliases");
    }

    @Test
    void shouldSayThatADocumentIsTooLarge() {
        assertThat(problems("a: " + "b".repeat(4 << 20)))
                .containsExactly("line 1: is not readable as YAML, expected printable UTF-8 text of at most 3 MiB");
    }

    @Test
    void shouldReadNoMoreOfAFileThanATextMayHave(@TempDir Path directory) throws IOException {
        // Given
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        Path other = Files.write(directory.resolve("other"), "Zürich".getBytes(StandardCharsets.ISO_8859_1));
        Path text = Files.writeString(directory.resolve("text"), "Zürich\n");

        // When / Then
        assertThat(TextFile.read(text)).isEqualTo("Zürich\n");
        assertThat(reason(large)).isEqualTo("is larger than 1 MiB");
        assertThat(reason(Path.of("/dev/zero"))).isEqualTo("is larger than 1 MiB");
        assertThat(reason(other)).isEqualTo("is no UTF-8 text");
        assertThat(reason(directory.resolve("absent"))).isEqualTo("does not exist");
        assertThat(reason(directory)).isEqualTo("cannot be read");
    }

    private static String reason(Path file) {
        FileSystemException[] refusal = new FileSystemException[1];
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> TextFile.read(file))
                .satisfies(thrown -> refusal[0] = thrown);
        return refusal[0].getReason();
    }

    private static List<String> problems(String yaml) {
        List<String> problems = new ArrayList<>();
        YamlReader.read(yaml, (line, sentence) -> problems.add("line " + line + ": " + sentence));
        return problems;
    }
}
