package io.foundling.console.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldMakeExactlyTheColumnsThatRecordsFill(TestDatabase kind) throws SQLException {
        try (Database database = kind.create(directory)) {
            for (Table<?> table : Tables.all()) {
                // When
                List<String> columns = columns(database, table);

                // Then
                assertThat(columns).as(table.name()).isEqualTo(table.columns());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheSchemasOfWholeRecords(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // When
            database.migrate();

            // Then
            assertThat(TestDatabase.values(database, String.class, "SELECT schema FROM record_schema"))
                    .containsExactlyInAnyOrderElementsOf(Tables.ofRecords().stream()
                            .map(table -> table.stored().orElseThrow().schema().toString())
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeTheTablesOnceWhenTwoProcessesStartTogether(TestDatabase kind) throws SQLException {
        // Given
        DatabaseSettings settings = kind.settings(directory);
        try (Database one = new Database(settings);
                Database other = new Database(settings)) {

            // When
            CompletableFuture<Void> first = CompletableFuture.runAsync(one::migrate);
            CompletableFuture<Void> second = CompletableFuture.runAsync(other::migrate);
            first.join();
            second.join();

            // Then
            assertThat(columns(one, Tables.EVENT)).isEqualTo(Tables.EVENT.columns());
        }
    }

    private static List<String> columns(Database database, Table<?> table) throws SQLException {
        return database.read(handle -> {
            List<String> names = new ArrayList<>();
            try (var columns = handle.getConnection().getMetaData().getColumns(null, null, table.name(), null)) {
                while (columns.next()) {
                    names.add(columns.getString("COLUMN_NAME"));
                }
            }
            return names;
        });
    }
}
