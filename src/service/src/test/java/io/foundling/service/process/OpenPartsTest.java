package io.foundling.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenPartsTest {

    private final List<String> closed = new ArrayList<>();
    private final OpenParts parts = new OpenParts("the test");

    @Test
    void shouldCloseInReverseOrderOnceWhenAPartFails() throws InterruptedException {
        // Given
        parts.opened(() -> closed.add("first"));
        parts.opened(() -> {
            throw new IOException("cannot stop");
        });
        parts.opened(() -> closed.add("last"));

        // When
        parts.close(() -> closed.add("registry"));
        parts.close(() -> closed.add("registry"));
        parts.awaitEnd();

        // Then
        assertThat(closed).containsExactly("registry", "last", "first");
    }

    @Test
    void shouldCloseEveryPartAndEndWhenOneFailsWithAnError() throws InterruptedException {
        // Given
        parts.opened(() -> closed.add("first"));
        parts.opened(() -> {
            throw new NoClassDefFoundError("io/foundling/Missing");
        });
        parts.opened(() -> closed.add("last"));

        // When
        parts.close(() -> {
            throw new AssertionError("registry");
        });
        parts.awaitEnd();

        // Then
        assertThat(closed).containsExactly("last", "first");
    }

    @Test
    void shouldOpenNothingWhenItIsClosed() {
        // Given
        parts.close(() -> {});

        // When
        parts.open(() -> closed.add("opened"));

        // Then
        assertThat(closed).isEmpty();
        assertThat(parts.areClosing()).isTrue();
    }

    @Test
    void shouldCloseAPartThatIsBeingOpenedWhenItIsClosed() throws InterruptedException {
        // Given
        CountDownLatch isOpening = new CountDownLatch(1);
        CountDownLatch mayOpen = new CountDownLatch(1);
        CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> parts.open(() -> {
            isOpening.countDown();
            awaitUninterrupted(mayOpen);
            parts.opened(() -> closed.add("part"));
        }));
        isOpening.await();

        // When
        parts.close(mayOpen::countDown);

        // Then
        assertThat(opening).succeedsWithin(Duration.ofSeconds(30));
        assertThat(closed).containsExactly("part");
    }

    @Test
    void shouldEndButStayOpenWhenTheProcessEndsByItself() throws InterruptedException {
        // Given
        parts.opened(() -> closed.add("part"));

        // When
        parts.end();
        parts.awaitEnd();

        // Then
        assertThat(closed).isEmpty();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
