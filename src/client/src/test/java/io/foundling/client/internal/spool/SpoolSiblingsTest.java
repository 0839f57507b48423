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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    void shouldListEveryDirectoryAndNoFile() throws IOException {
        // Given
        assertThat(new SpoolSiblings(home.resolve("missing")).directories()).isEmpty();
        Files.createDirectories(home.resolve("b"));
        Files.createDirectories(home.resolve("a"));
        Files.createFile(home.resolve("file"));

        // Then
        assertThat(new SpoolSiblings(home).directories()).containsExactly(home.resolve("a"), home.resolve("b"));
    }

    /** A root can be a directory that other programs use too. */
    @Test
    void shouldTouchNothingOfOtherPrograms() throws IOException {
        // Given
        Files.createDirectories(home.resolve("uploads"));
        file("mail/lock", "4711");
        file("mail/sent", "Dear Sir or Madam, you will find enclosed");
        file("empty-lock/lock", "");
        file("empty-lock/sent", "");
        file("named-like-a-segment/" + name(1), "no magic at all");
        file("damaged-only/" + name(1) + ".damaged", "");
        List<String> before = tree();

        // When
        for (Path directory : new SpoolSiblings(home).directories()) {
            assertThat(Spool.adopt(directory)).as(directory.toString()).isEmpty();
        }

        // Then
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void shouldNotStartInADirectoryOfAnotherProgram() throws IOException {
        // Given
        file("pod/sent", "Dear Sir or Madam, you will find enclosed");
        file("pod.2/lock", "4711");
        List<String> before = tree();

        // When
        try (Spool spool = open(new SpoolSiblings(home))) {

            // Then
            assertThat(spool.directory()).isEqualTo(home.resolve("pod.3"));
        }
        assertThat(tree()).containsAll(before);
    }

    @Test
    void shouldAdoptASpoolWhoseCheckpointAPowerFailureHasEmptied() throws IOException {
        // Given
        try (Spool ended = open(new SpoolSiblings(home))) {
            write(ended, texts(0, 1));
        }
        for (int bytes : new int[] {0, 24}) {
            Files.write(home.resolve("pod/sent"), new byte[bytes]);

            // When
            try (Spool adopted = Spool.adopt(home.resolve("pod")).orElseThrow()) {

                // Then
                assertThat(readTexts(adopted)).isEqualTo(texts(0, 1));
            }
        }
    }

    @Test
    void shouldRefuseASpoolWithAFileOfAnotherProgram() throws IOException {
        // Given
        try (Spool ended = open(new SpoolSiblings(home))) {
            write(ended, texts(0, 1));
        }
        file("pod/lock", "4711");
        List<String> before = tree();

        // Then
        assertThatIOException()
                .isThrownBy(() -> Spool.adopt(home.resolve("pod")))
                .withMessageEndingWith("/pod has a spool, but its file lock, sent or cluster is not of a spool");
        assertThat(tree()).isEqualTo(before);
    }

    /** Files that root creates could not be used by the recorder any more. */
    @Test
    void shouldRefuseTheSpoolOfAnotherUserEvenToRoot() throws IOException {
        // Given
        try (Spool ended = open(new SpoolSiblings(home))) {
            write(ended, texts(0, 1));
        }
        Path directory = home.resolve("pod");
        Files.delete(directory.resolve("sent"));
        Files.delete(directory.resolve("lock"));
        try {
            Files.setAttribute(directory.resolve(name(1)), "unix:uid", 12345);
        } catch (IOException notRoot) {
            assumeTrue(false, "only root can give files away");
        }

        // Then
        assertThatIOException()
                .isThrownBy(() -> Spool.adopt(directory))
                .withMessageContaining("it belongs to 12345, and this process runs as ");
        assertThat(names(directory)).containsExactly(name(1));
    }

    @Test
    void shouldTakeTheNextNumberWhenTheSpoolCannotBeSent() throws IOException {
        // Given
        SpoolSiblings siblings = new SpoolSiblings(home);
        try (Spool other = open(siblings)) {
            write(other, texts(0, 1));
        }

        // When
        try (Spool next = siblings.open(
                "pod", 1 << 20, DESCRIPTION, spool -> spool.descriptions().isEmpty())) {

            // Then
            assertThat(next.directory()).isEqualTo(home.resolve("pod.2"));
        }
        try (Spool other = open(siblings)) {
            assertThat(readTexts(other)).isEqualTo(texts(0, 1));
            assertThat(other.descriptions()).containsExactly(DESCRIPTION);
        }
    }

    @Test
    void shouldWaitForAProcessThatOnlyLooks() throws Exception {
        // Given
        SpoolDirectory directory = SpoolDirectory.create(home.resolve("pod"));
        SpoolLock look = SpoolLock.take(directory).orElseThrow();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> {
                    try {
                        look.close();
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS));

        // When
        try (Spool spool = open(new SpoolSiblings(home))) {

            // Then
            assertThat(spool.directory()).isEqualTo(home.resolve("pod"));
        }
        end.get();
    }

    @Test
    void shouldSayThatALinkLeadsNowhere() throws IOException {
        // Given
        Path link = Files.createSymbolicLink(home.resolve("pod"), home.resolve("missing"));

        // Then
        assertThatIOException()
                .isThrownBy(() -> open(new SpoolSiblings(home)))
                .withMessage("spool directory " + link + " cannot be created: " + link + " is a symbolic link to "
                        + home.resolve("missing") + ", which does not exist");
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
        assertThat(Spool.adopt(directory)).isEmpty();
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

    private void file(String name, String content) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), content);
    }

    /** Returns the names and contents of all files and the names of all directories. */
    private List<String> tree() throws IOException {
        List<String> tree = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted().toList()) {
                String content = Files.isDirectory(each) ? "" : Arrays.toString(Files.readAllBytes(each));
                tree.add(home.relativize(each) + " " + content);
            }
        }
        return tree;
    }

    private static Spool open(SpoolSiblings siblings) throws IOException {
        return siblings.open("pod", 1 << 20, DESCRIPTION, spool -> true);
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
                Spool held = siblings.open("pod", 1 << 20, DESCRIPTION, spool -> true);
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
