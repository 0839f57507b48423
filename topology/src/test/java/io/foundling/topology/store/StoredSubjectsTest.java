package io.foundling.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.RunEnd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bytes of subjects that earlier builds stored. Proves rule S3. */
final class StoredSubjectsTest {

    private final SubjectCodec codec = new SubjectCodec();

    /** The file was written by version 1 and never changes; the text beside it says what is in it. */
    @Test
    void shouldReadWhatVersion1Wrote() throws IOException {
        // Given
        byte[] stored = resource("subject-v1.bin");

        // When
        LedgerEntry read = codec.decode(stored);

        // Then
        assertThat(readable(read)).isEqualTo(new String(resource("subject-v1.txt"), UTF_8));
        assertThat(read.state()).isEqualTo(Dispositions.full());
    }

    /** The file was written by version 3 and never changes. */
    @Test
    void shouldReadWhatVersion3Wrote() throws IOException {
        // When
        LedgerEntry read = codec.decode(resource("subject-v3.bin"));

        // Then
        assertThat(read).isEqualTo(new LedgerEntry(Dispositions.full(), 1_768_000_000_000L, true, true, true));
    }

    /** The file was written by version 4 and never changes. */
    @Test
    void shouldReadWhatVersion4Wrote() throws IOException {
        // Given
        LedgerEntry entry = new LedgerEntry(Dispositions.full(), 1_768_000_000_000L, true, true, true);
        Path file = Path.of("src/test/resources/stored/subject-v4.bin");
        if (Boolean.getBoolean("golden.update") && !Files.exists(file)) {
            Files.write(file, codec.encode(entry));
        }

        // When
        LedgerEntry read = codec.decode(Files.readAllBytes(file));

        // Then
        assertThat(read).isEqualTo(entry);
    }

    /** The file was written by version 5 and never changes. */
    @Test
    void shouldReadWhatVersion5Wrote() throws IOException {
        // Given
        LedgerEntry entry = new LedgerEntry(declaredOnce(), 1_768_000_000_000L, true, true, true);
        Path file = Path.of("src/test/resources/stored/subject-v5.bin");
        if (Boolean.getBoolean("golden.update") && !Files.exists(file)) {
            Files.write(file, codec.encode(entry));
        }

        // When
        LedgerEntry read = codec.decode(Files.readAllBytes(file));

        // Then
        assertThat(read).isEqualTo(entry);
    }

    /** What version 5 added is in no state that older versions wrote. */
    private static Disposition declaredOnce() {
        Disposition full = Dispositions.full();
        Collapsed before = full.collapsed();
        Collapsed collapsed = new Collapsed(
                before.throughAttempt(),
                before.end(),
                before.firstOccurredAtMs(),
                before.lastOccurredAtMs(),
                new CollapsedScope(
                        new Declaration(1_767_400_000_001L, 2_678_400_000L),
                        new RunEnd(Status.COMPLETED, 1_767_400_000_002L)),
                before.history(),
                before.waits(),
                before.former());
        return new Disposition(
                full.facts(),
                collapsed,
                full.status(),
                full.attempt(),
                full.metadata(),
                full.emitted(),
                full.newestAppendedAtMs(),
                full.retention());
    }

    private static String readable(LedgerEntry entry) {
        String text = entry.state().facts().stream().map(Object::toString).collect(Collectors.joining("\n"))
                + "\n" + entry.state().collapsed()
                + "\n" + entry.state().status() + ' ' + entry.state().attempt()
                + "\n" + entry.state().metadata()
                + "\n" + entry.state().warnings()
                + "\n"
                + entry.state().reported().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()
                + "\n" + entry.state().newestAppendedAtMs() + ' '
                + entry.state().retention().statusReadAtMs() + ' '
                + entry.state().retention().removedAtMs()
                + "\n" + entry.indexedAtMs();
        return text + "\n";
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = StoredSubjectsTest.class.getResourceAsStream("/stored/" + name)) {
            return in.readAllBytes();
        }
    }
}
