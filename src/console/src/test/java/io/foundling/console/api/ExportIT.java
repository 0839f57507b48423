package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.key;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.OrphanWarning;
import io.foundling.console.access.Access;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.table.Tables;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole lists as CSV and NDJSON. */
class ExportIT {

    private static final int ROWS = 30_000;
    private static final int BATCH = 5_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldExportAllRowsOnceInOrder(TestDatabase kind) throws Exception {
        try (ApiRig rig = new ApiRig(kind, directory, Access.local())) {
            // Given
            write(rig);

            // When
            HttpResponse<InputStream> response = rig.web()
                    .send(
                            rig.web().request("/api/v1/orphans", "Accept", "text/csv"),
                            HttpResponse.BodyHandlers.ofInputStream());

            // Then
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"orphans.csv\"");
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).startsWith("key,writtenAt,subject.kind,subject.source,");
                for (int i = 0; i < ROWS; i++) {
                    assertThat(lines.readLine()).startsWith(key(id(i)) + ",");
                }
                assertThat(lines.readLine()).isNull();
            }
        }
    }

    /** The caller reads one line of many, so that whatever is written beyond a page would have to be kept. */
    @Test
    void shouldKeepNoMoreThanAPageAndNoConnectionWhileTheCallerIsSlow() throws Exception {
        try (ApiRig rig = new ApiRig(TestDatabase.SQLITE, directory, Access.local())) {
            // Given
            write(rig);
            InputStream[] slow = new InputStream[12];

            // When
            for (int i = 0; i < slow.length; i++) {
                slow[i] = rig.web()
                        .send(
                                rig.web().request("/api/v1/orphans", "Accept", "application/x-ndjson"),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                assertThat(slow[i].read()).isEqualTo('{');
            }

            // Then
            assertThat(rig.web().get("/api/v1/orphans?limit=1").statusCode()).isEqualTo(200);
            for (InputStream each : slow) {
                each.close();
            }
        }
    }

    @Test
    void shouldGuardAgainstFormulasAndKeepEachRecordOnItsLine() {
        try (ApiRig rig = new ApiRig(TestDatabase.SQLITE, directory, Access.local())) {
            // Given
            ApiRows.write(rig);

            // When
            List<String> lines = rig.web()
                    .get("/api/v1/events?source=billing", "Accept", "text/csv")
                    .body()
                    .lines()
                    .toList();

            // Then
            assertThat(lines).hasSize(2);
            assertThat(lines.get(1)).contains(",\"'=HYPERLINK(\"\"x\"\")\",", "\"{\"\"outputHash\"\":\"\"hash\"\"");
        }
    }

    @Test
    void shouldAnswerOthersAfterCallersHaveGoneAway() throws Exception {
        try (ApiRig rig = new ApiRig(TestDatabase.SQLITE, directory, Access.local())) {
            // Given
            write(rig);

            // When
            for (int i = 0; i < 100; i++) {
                try (InputStream body = rig.web()
                        .send(
                                rig.web().request("/api/v1/orphans", "Accept", "text/csv"),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
                    assertThat(body.read()).isEqualTo('k');
                }
            }

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rig.web().get("/api/v1/orphans?limit=1").statusCode() == 200);
        }
    }

    private static void write(ApiRig rig) {
        for (int from = 0; from < ROWS; from += BATCH) {
            Map<String, OrphanWarning> rows = new LinkedHashMap<>();
            for (int i = from; i < from + BATCH; i++) {
                rows.put(key(id(i)), warning(id(i), NOON));
            }
            rig.write(Tables.ORPHAN, rows);
        }
    }

    private static String id(int number) {
        return "%06d".formatted(number);
    }
}
