package io.foundling.console.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.ModelRecords;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldReadTheStateBeforeATransactionThatWrites(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // When
            List<Position> read = database.write(handle -> {
                begin(handle, 0);
                return database.read(Positions::all);
            });

            // Then
            assertThat(read).isEmpty();
            assertThat(database.read(Positions::all)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadOneStateHoweverLongItReads(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // When
            List<Position> second = database.read(handle -> {
                Positions.all(handle);
                CompletableFuture<Void> written = CompletableFuture.runAsync(() -> database.write(other -> {
                    begin(other, 0);
                    return null;
                }));
                assertThat(written).succeedsWithin(PATIENCE);
                return Positions.all(handle);
            });

            // Then
            assertThat(second).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoATransactionOnceMoreWhenAnotherOneWasInItsWay(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // Given
            AtomicInteger tries = new AtomicInteger();

            // When
            database.write(handle -> {
                begin(handle, 0);
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException(new SQLException("deadlock detected", "40P01"));
                }
                return null;
            });

            // Then
            assertThat(tries).hasValue(2);
            assertThat(database.read(Positions::all)).hasSize(1);
        }
    }

    private static void begin(Handle handle, int partition) {
        Positions.begin(handle, ModelRecords.position(partition, 1, 0), true);
    }
}
