package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.DESCRIPTION;
import static io.foundling.client.internal.spool.SpoolFiles.end;
import static io.foundling.client.internal.spool.SpoolFiles.name;
import static io.foundling.client.internal.spool.SpoolFiles.names;
import static io.foundling.client.internal.spool.SpoolFiles.read;
import static io.foundling.client.internal.spool.SpoolFiles.readTexts;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolSiblingsTest {

    @TempDir
    private Path home;

    @Test
    void shouldTakeTheNextNumberWhenTheNameIsTaken() throws IOException {
        // Given
        SpoolSiblings siblings = new SpoolSiblings(home.resolve("root/service"));

        // When
        try (Spool first = open(siblings);
                Spool second = open(siblings)) {
            write(first, texts(0, 1));
            write(second, texts(1, 2));

            // Then
            assertThat(names(siblings.parent())).containsExactly("pod", "pod.2");
        }
        try (Spool again = open(siblings)) {
            assertThat(readTexts(again)).isEqualTo(texts(0, 1));
        }
    }

    @Test
    void shouldFindOnlyWhatRecordersHaveMade() throws IOException {
        // Given
        SpoolSiblings siblings = new SpoolSiblings(home);
        assertThat(new SpoolSiblings(home.resolve("missing")).directories()).isEmpty();
        siblings.open("used", 1 << 20, DESCRIPTION).close();
        Files.createDirectories(home.resolve("just-created"));
        Files.createDirectories(home.resolve("damaged-only"));
        Files.createFile(home.resolve("damaged-only").resolve(name(1) + ".damaged"));
        Files.createDirectories(home.resolve("of-somebody-else/files"));
        Files.createFile(home.resolve("file"));

        // Then
        assertThat(siblings.directories()).containsExactly(home.resolve("just-created"), home.resolve("used"));
    }

    @Test
    void shouldRemoveTheDirectoryOnlyWhenAllOfItIsAcknowledged() throws IOException {
        // Given
        SpoolSiblings siblings = new SpoolSiblings(home);
        try (Spool ended = open(siblings)) {
            write(ended, texts(0, 2));
        }
        Path directory = home.resolve("pod");

        // When
        try (Spool first = Spool.adopt(directory).orElseThrow()) {
            first.sent(end(first.reader().next()));
            first.closeAndRemove();
        }

        // Then
        assertThat(names(directory)).containsExactly(name(1), "lock", "sent");
        try (Spool second = Spool.adopt(directory).orElseThrow()) {
            List<SpoolEntry> left = read(second);
            assertThat(texts(left)).isEqualTo(texts(1, 2));
            second.sent(end(left.get(0)));
            second.closeAndRemove();
        }
        assertThat(directory).doesNotExist();
        assertThat(Spool.adopt(directory)).isEmpty();
    }

    @Test
    void shouldKeepADamagedSegmentWithoutLookingAtItAgain() throws IOException {
        // Given
        SpoolSiblings siblings = new SpoolSiblings(home);
        try (Spool ended = open(siblings)) {
            write(ended, texts(0, 2));
        }
        Path directory = home.resolve("pod");
        SpoolFiles.flip(directory.resolve(name(1)), 0);

        // When
        try (Spool adopted = Spool.adopt(directory).orElseThrow()) {
            List<SpoolEntry> entries = read(adopted);
            adopted.sent(end(entries.get(entries.size() - 1)));
            adopted.closeAndRemove();
        }

        // Then
        assertThat(names(directory)).containsExactly(name(1) + ".damaged");
        assertThat(siblings.directories()).isEmpty();
    }

    @Test
    void shouldNotAdoptWhatALivingRecorderUses() throws Exception {
        // Given
        Process other = process("hold");
        try (BufferedReader output = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("held");
            Path directory = home.resolve("pod");

            // When
            Optional<Spool> alive = Spool.adopt(directory);
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();

            // Then
            assertThat(alive).isEmpty();
            try (Spool dead = Spool.adopt(directory).orElseThrow()) {
                assertThat(readTexts(dead)).isEqualTo(texts(0, 3));
            }
        }
    }

    /** A lock on a file whose name is gone would let two processes in, each with a lock of its own. */
    @Test
    void shouldNeverHaveTwoOwnersWhileProcessesOpenAndRemoveTheSameDirectory() throws Exception {
        // Given
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(process("race"));
        }

        // When
        for (Process each : processes) {
            try (BufferedReader output = each.inputReader(StandardCharsets.UTF_8)) {

                // Then
                assertThat(output.lines()).containsExactly("done");
                assertThat(each.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void shouldSayWhatIsWrongWithTheRoot() throws IOException {
        // Given
        Path file = Files.createFile(home.resolve("pod"));

        // Then
        assertThatIOException()
                .isThrownBy(() -> open(new SpoolSiblings(home)))
                .withMessage("spool directory " + file + " is no directory");
    }

    private static Spool open(SpoolSiblings siblings) throws IOException {
        return siblings.open("pod", 1 << 20, DESCRIPTION);
    }

    private Process process(String work) throws IOException, URISyntaxException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        location(Spool.class) + File.pathSeparator + location(Other.class),
                        Other.class.getName(),
                        work,
                        home.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Another process: holds a spool until it is killed, or opens and removes one again and again. */
    static final class Other {

        private static final int ROUNDS = 1_000;

        private Other() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            SpoolSiblings siblings = new SpoolSiblings(Path.of(arguments[1]));
            if (arguments[0].equals("hold")) {
                Spool held = siblings.open("pod", 1 << 20, DESCRIPTION);
                write(held, texts(0, 3));
                System.out.println("held");
                Thread.currentThread().join();
            }
            race(siblings);
            System.out.println("done");
        }

        private static void race(SpoolSiblings siblings) throws IOException {
            Path directory = siblings.parent().resolve("pod");
            Path owner = siblings.parent().resolve("owner");
            for (int round = 0; round < ROUNDS; round++) {
                Optional<Spool> mine = Spool.tryOpen(directory, 1 << 20, DESCRIPTION, OwnerOnly::open);
                if (mine.isPresent()) {
                    try {
                        Files.createFile(owner);
                        Files.delete(owner);
                    } catch (FileAlreadyExistsException second) {
                        System.out.println("two owners");
                    }
                    mine.get().closeAndRemove();
                }
            }
        }
    }
}
