package io.foundling.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void shouldWaitForAPortThatIsTakenForAMoment() throws Exception {
        // Given
        ServerSocket copy = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.HOST));
        int port = copy.getLocalPort();
        CountDownLatch isRequired = new CountDownLatch(1);

        // When
        CompletableFuture<Void> required = CompletableFuture.runAsync(() -> {
            isRequired.countDown();
            FreePorts.requireFree(port);
        });
        isRequired.await();
        assertThat(required).isNotDone();
        copy.close();

        // Then
        required.get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldRefuseAPortThatStaysTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.HOST))) {
            assertThatThrownBy(() -> FreePorts.requireFree(other.getLocalPort()))
                    .isInstanceOf(LocalStartException.class)
                    .hasMessage("Port " + other.getLocalPort() + " of 127.0.0.1 is taken by another program.");
        }
    }

    @Test
    void shouldGiveTheUsualPortUnlessItIsTaken() throws IOException {
        // Given
        int usual;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.HOST))) {
            usual = other.getLocalPort();

            // When / Then
            assertThat(FreePorts.freePort(usual)).isNotEqualTo(usual);
        }
        assertThat(FreePorts.freePort(usual)).isEqualTo(usual);
    }

    @Test
    void shouldTryAnotherPortIfOneCouldNotBeBound() {
        // Given
        List<Integer> tried = new ArrayList<>();

        // When
        int started = FreePorts.withFreePort(port -> {
            tried.add(port);
            if (tried.size() == 1) {
                throw new LocalStartException("no", new IllegalStateException(new BindException("in use")));
            }
            return port;
        });

        // Then
        assertThat(tried).hasSize(2).endsWith(started);
    }

    @Test
    void shouldNotTryAgainAfterAnotherFailure() {
        // Given
        List<Integer> tried = new ArrayList<>();

        // When / Then
        assertThatThrownBy(() -> FreePorts.withFreePort(port -> {
                    tried.add(port);
                    throw new LocalStartException("no such directory");
                }))
                .hasMessage("no such directory");
        assertThat(tried).hasSize(1);
    }
}
