package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.local.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service with a spool is killed in the middle of its work: what its recorder had taken arrives after the next start.
 */
@ExtendWith(SharedStack.class)
class KillSpoolingServiceIT {

    @TempDir
    private Path spool;

    private final LocalStack stack;
    private final WrittenEvents events;
    private DoomedServices services;

    KillSpoolingServiceIT(LocalStack stack, WrittenEvents events) {
        this.stack = stack;
        this.events = events;
    }

    @BeforeEach
    void describe() {
        services = new DoomedServices(events, spool);
    }

    @AfterEach
    void bringBack() {
        stack.broker().start();
    }

    @Test
    void shouldKeepEveryEventWhenKilledWhileTheBrokerAnswers() throws Exception {
        // Given
        services.killOneAfter(() -> {});

        // When
        services.emptySpool();

        // Then
        services.requireWritten("while the broker answers");
    }

    @Test
    void shouldKeepEveryEventWhenKilledWhileTheBrokerIsAwaySinceTheStart() throws Exception {
        // Given
        stack.broker().stop();
        services.killOne();
        stack.broker().start();

        // When
        services.emptySpool();

        // Then
        services.requireWritten("while the broker is away since the start");
    }

    @Test
    void shouldKeepEveryEventWhenKilledAgainWhileSendingWhatTheFirstOneLeft() throws Exception {
        // Given
        services.killOneAfter(stack.broker()::stop);
        stack.broker().start();
        services.killOneEarly();
        services.killOne();

        // When
        services.emptySpool();

        // Then
        services.requireWritten("when the broker had gone, and twice more");
    }

    @Test
    void shouldKeepWhatIsOldEnoughWhenTheDiskIsForcedNowAndThen() throws Exception {
        // Given
        services.killOneForcing(Duration.ofMillis(200), Duration.ofSeconds(2));

        // When
        services.emptySpool();

        // Then
        services.requireWritten("with a disk forced every 200 ms");
    }

    @Test
    void shouldSayInOneLineThatTheDirectoryIsTakenWhenAnotherServiceUsesIt() throws Exception {
        // Given
        try (DoomedService other = services.start()) {
            other.awaitLines(1);

            // When
            ExampleRun run = ExampleRun.java(PlainService.class, services.settings());

            // Then
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
            assertThat(run.errors())
                    .containsExactly("audit recorder: spool directory " + spool
                            + " is used by another recorder (lock held) (audit.spool.directory)");
            other.awaitMoreLines(1);
        }
    }
}
