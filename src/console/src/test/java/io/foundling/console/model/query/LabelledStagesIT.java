package io.foundling.console.model.query;

import static io.foundling.console.model.ModelRecords.NOON;
import static io.foundling.console.model.ModelRecords.entry;
import static io.foundling.console.model.ModelRecords.position;
import static io.foundling.console.model.ModelRecords.warning;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.OrphanWarning;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Tables;
import io.foundling.console.model.writing.Batch;
import io.foundling.console.model.writing.BatchWriter;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.settings.PolicyAlert;
import io.foundling.topology.settings.StageLabels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What labels of policies select is what the labels of each row say. */
class LabelledStagesIT {

    private static final List<String> SOURCES = List.of("a", "b", "c");
    private static final List<String> STAGES = List.of("x", "y", "z");
    private static final List<String> OWNERS = List.of("registry", "finance");
    private static final int ROWS = 54;
    private static final int TRIES = 150;

    @TempDir
    private Path directory;

    private final Random random = new Random(14);

    @ParameterizedTest
    @EnumSource
    void shouldSelectTheRowsWhoseLabelsAreWanted(TestDatabase kind) {
        try (Database database = kind.create(directory)) {
            // Given
            List<Subject> subjects = write(database);
            Queries queries = new Queries(database);
            int found = 0;
            for (int attempt = 0; attempt < TRIES; attempt++) {
                List<PolicyAlert> additions = additions();
                Map<String, String> wanted = wanted();
                StageFilter stages = StageFilter.visible(Optional.empty())
                        .labelled(Optional.of(LabelledStages.of(additions, wanted)));

                // When
                List<String> keys = keys(queries, Orphans.of(stages));

                // Then
                List<String> expected = subjects.stream()
                        .filter(subject -> StageLabels.of(additions, subject.getSource(), subject.getStage())
                                .entrySet()
                                .containsAll(wanted.entrySet()))
                        .map(SubjectKey::of)
                        .toList();
                assertThat(keys).as(additions + " " + wanted).isEqualTo(expected);
                assertThat(queries.count(Orphans.of(stages), ROWS)).isEqualTo(expected.size());
                found += expected.size();
            }
            assertThat(found).isPositive();
        }
    }

    @Test
    void shouldReadEachStageByItsIndex() {
        try (Database database = TestDatabase.SQLITE.create(directory)) {
            // Given
            List<PolicyAlert> additions =
                    List.of(added("a", "x", Map.of("owner", "registry")), added("b", "y", Map.of("owner", "registry")));
            Selection<?> selection = Orphans.of(StageFilter.ALL.labelled(
                            Optional.of(LabelledStages.of(additions, Map.of("owner", "registry")))))
                    .selection();

            // When
            List<String> plan = database.read(handle -> {
                var query = handle.createQuery("EXPLAIN QUERY PLAN " + selection.sql(true));
                selection.bind(query, Optional.of(new Cursor(List.of("1", "1"))), 100);
                return query.map((row, context) -> row.getString("detail")).list();
            });

            // Then
            assertThat(plan.stream().filter(step -> step.contains("USING INDEX orphan_of_stage_by_start (")))
                    .hasSize(2);
            assertThat(plan.stream().filter(step -> step.startsWith("SCAN orphan")))
                    .isEmpty();
        }
    }

    /** Several start at the same time, so that the key decides. */
    private static List<Subject> write(Database database) {
        Position from = position(0, 1, 0);
        TestDatabase.begin(database, from);
        List<Entry<OrphanWarning>> entries = new ArrayList<>();
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String id = String.format("%03d", i);
            Subject subject = new Subject(SubjectKind.RECORD, SOURCES.get(i % 3), STAGES.get(i / 3 % 3), id);
            OrphanWarning warning = OrphanWarning.newBuilder(warning(id, NOON.plusSeconds(i)))
                    .setSubject(subject)
                    .build();
            subjects.add(subject);
            entries.add(entry(from, i, NOON.toEpochMilli(), SubjectKey.of(subject), warning));
        }
        new BatchWriter(database, Duration.ofDays(7))
                .write(new Batch<>(Tables.ORPHAN, from, ROWS, entries, 0, NOON.toEpochMilli()))
                .orElseThrow();
        return subjects;
    }

    private static List<String> keys(Queries queries, Orphans question) {
        List<String> keys = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page<OrphanWarning> page = queries.page(question, cursor, 5);
            page.rows().forEach(row -> keys.add(row.key()));
            cursor = page.next();
        } while (cursor.isPresent());
        return keys;
    }

    private List<PolicyAlert> additions() {
        return Stream.generate(() -> added(any(SOURCES), any(STAGES), labels()))
                .limit(random.nextInt(6))
                .toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        if (random.nextBoolean()) {
            labels.put("owner", OWNERS.get(random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            labels.put("room", OWNERS.get(random.nextInt(2)));
        }
        return labels;
    }

    private Map<String, String> wanted() {
        Map<String, String> wanted = labels();
        return wanted.isEmpty() ? Map.of("owner", "registry") : wanted;
    }

    /** Returns null for none. */
    private String any(List<String> names) {
        return random.nextInt(3) == 0 ? null : names.get(random.nextInt(names.size()));
    }

    private static PolicyAlert added(String source, String stage, Map<String, String> labels) {
        return new PolicyAlert(
                "p",
                Optional.empty(),
                Optional.ofNullable(source),
                Optional.ofNullable(stage),
                Optional.empty(),
                labels,
                Map.of());
    }
}
