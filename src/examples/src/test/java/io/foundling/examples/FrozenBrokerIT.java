package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.QueueFullPolicy;
import io.foundling.local.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that neither answers nor ends, as if its disk were frozen. */
@ExtendWith(SharedStack.class)
class FrozenBrokerIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private static FreezableBroker broker;

    @TempDir
    private Path spool;

    private WrittenEvents events;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Reports.warmUp();
        broker = new FreezableBroker(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void prepareTopic(LocalStack stack) {
        events = WrittenEvents.inNewTopic(broker.bootstrapServers(), stack.registryUrl());
    }

    @AfterEach
    void bringBack() {
        broker.thaw();
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "SPILL"})
    void shouldLoseNothingWhenTheBrokerStandsStillForAWhileUnderLoad(QueueFullPolicy policy) {
        // Given
        InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
        try (AuditRecorder recorder = events.roomyRecorder("patient", policy, spool)
                // Less than the broker takes: what it has not answered is sent again, and must not be written twice.
                .kafka("request.timeout.ms", "500")
                .metrics(metrics)
                .build()) {
            Load load = Load.on(recorder);
            try (load) {
                assertThat(recorder.flush(LONG)).isTrue();

                // When
                broker.freeze();
                assertThat(recorder.flush(A_WHILE)).isFalse();
                broker.thaw();

                // Then
                assertThat(recorder.flush(LONG)).isTrue();
            }
            assertThat(recorder.flush(LONG)).isTrue();
            load.requireUnharmed(events);
        }
        assertThat(metrics.lostEvents()).isZero();
    }

    @Test
    void shouldKeepEveryEventWhenAServiceIsKilledWhileTheBrokerStandsStill() throws Exception {
        // Given
        DoomedServices services = new DoomedServices(events, spool);
        services.killOneAfter(broker::freeze);
        broker.thaw();

        // When
        services.emptySpool();

        // Then
        services.requireWritten("while the broker is frozen");
    }
}
