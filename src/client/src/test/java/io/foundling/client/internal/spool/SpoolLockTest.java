package io.foundling.client.internal.spool;

import static io.foundling.client.internal.spool.SpoolFiles.DESCRIPTION;
import static io.foundling.client.internal.spool.SpoolFiles.open;
import static io.foundling.client.internal.spool.SpoolFiles.readTexts;
import static io.foundling.client.internal.spool.SpoolFiles.texts;
import static io.foundling.client.internal.spool.SpoolFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLockTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseASecondSpoolInTheSameProcess() throws IOException {
        try (Spool spool = open(directory)) {
            for (Path name : List.of(directory, directory.resolve("../" + directory.getFileName()))) {
                // When
                assertThatIOException()
                        .isThrownBy(() -> open(name))
                        // Then
                        .withMessage("spool directory " + name + " is used by another recorder (lock held)");
            }
            write(spool, texts(0, 1));
            assertThat(readTexts(spool)).isEqualTo(texts(0, 1));
        }
    }

    @Test
    void shouldRefuseAnotherProcessAlsoAfterASecondAttemptInThisOne() throws Exception {
        // Given
        try (Spool spool = open(directory)) {
            assertThatIOException().isThrownBy(() -> open(directory));

            // When
            String answer = openInAnotherProcess();

            // Then
            assertThat(answer).isEqualTo("spool directory " + directory + " is used by another recorder (lock held)");
            assertThat(spool.bytes()).isZero();
        }
    }

    @Test
    void shouldRefuseAnotherClassLoaderAndThenStillAnotherProcess() throws Exception {
        // Given
        URL[] classes = {
            location(Spool.class).toUri().toURL(),
            location(Opener.class).toUri().toURL()
        };
        try (Spool spool = open(directory);
                URLClassLoader other = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Method open =
                    other.loadClass(Spool.class.getName()).getMethod("open", Path.class, long.class, byte[].class);

            // When
            Throwable refusal = catchThrowable(() -> open.invoke(null, directory, 1L, new byte[0]));

            // Then
            String expected = "spool directory " + directory + " is used by another recorder (lock held)";
            assertThat(refusal).hasRootCauseMessage(expected);
            assertThat(openInAnotherProcess()).isEqualTo(expected);
            assertThat(spool.bytes()).isZero();
        }
        assertThat(openInAnotherProcess()).isEqualTo("[]");
    }

    @Test
    void shouldLeaveABacklogToTheNextProcess() throws Exception {
        // Given
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 3));
        }

        // When
        String answer = openInAnotherProcess();

        // Then
        assertThat(answer).isEqualTo("[event 0, event 1, event 2]");
    }

    @Test
    void shouldFreeTheDirectoryWhenOpeningFails() throws IOException {
        // Given
        FailingDisk disk = new FailingDisk();
        try (Spool spool = open(directory)) {
            write(spool, texts(0, 1));
        }
        disk.cannotRead = true;
        assertThatIOException()
                .isThrownBy(() -> Spool.open(directory, 1, DESCRIPTION, disk))
                .withMessage("Input/output error");

        // When
        try (Spool spool = open(directory)) {

            // Then
            assertThat(disk.openFiles()).isZero();
            assertThat(readTexts(spool)).isEqualTo(texts(0, 1));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithADirectory() throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("file"));
        Path locked = directory.resolve("locked");
        Files.createDirectories(locked.resolve("lock"));

        // Then
        assertThatIOException()
                .isThrownBy(() -> open(file))
                .withMessage("spool directory " + file + " is no directory");
        assertThatIOException()
                .isThrownBy(() -> open(file.resolve("below")))
                .withMessageStartingWith("spool directory " + file.resolve("below") + " cannot be created: ");
        assertThatIOException()
                .isThrownBy(() -> open(locked))
                .withMessageStartingWith("spool directory " + locked + " cannot be written: ");
    }

    @Test
    void shouldRefuseADescriptionThatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spool.open(directory, 1, new byte[(1 << 20) + 1]))
                .withMessage("the description of a spool has 1048577 bytes, expected at most 1048576");
    }

    private String openInAnotherProcess() throws IOException, InterruptedException, URISyntaxException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = location(Spool.class) + File.pathSeparator + location(Opener.class);
        Process process = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-cp", classes, Opener.class.getName(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return answer.trim();
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Another process: prints what it reads, or why it may not. */
    static final class Opener {

        private Opener() {}

        public static void main(String[] arguments) {
            try (Spool spool = open(Path.of(arguments[0]))) {
                System.out.println(readTexts(spool));
            } catch (IOException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
