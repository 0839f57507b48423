package io.foundling.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerLoadTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "--batches"})
    void shouldMakeAsManyEventsAsAskedFor(String option) {
        // When
        List<AuditEvent> events = load("--events", "30000", option);

        // Then
        assertThat(events).hasSize(30_000);
    }

    @Test
    void shouldLoseSomeRecordsAndFinishMost() {
        // When
        NaiveCount count = new NaiveCount();
        load("--events", "90000").forEach(count::add);

        // Then: of 100 records 80 complete after a submission, 5 at once, 5 fail and 5 await, and so do the last ones
        Map<Status, Long> found = new HashMap<>();
        count.states().values().forEach(state -> found.merge(state.status(), 1L, Long::sum));
        long all = count.states().size();
        assertThat(found.get(Status.COMPLETED)).isBetween(all * 78 / 100, all * 90 / 100);
        assertThat(found.get(Status.FAILED)).isBetween(all * 4 / 100, all * 6 / 100);
        assertThat(count.states().values().stream().filter(LastState::isOrphan))
                .hasSizeBetween((int) (all * 5 / 100), (int) (all * 14 / 100));
    }

    @Test
    void shouldCloseABatchAfterItsMembersWhenAskedForBatches() {
        // When
        List<AuditEvent> events = load("--events", "30000", "--batches");

        // Then
        int closed = closing(events);
        String batch = SubjectKey.of(events.get(closed).getSubject());
        List<AuditEvent> after = events.subList(closed + 1, events.size());
        assertThat(events.subList(0, closed))
                .filteredOn(event -> isMember(event, batch))
                .hasSizeGreaterThan(1_000);
        assertThat(after).noneMatch(event -> isMember(event, batch));
    }

    private static int closing(List<AuditEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            boolean isBatch = events.get(i).getSubject().getKind() == SubjectKind.BATCH;
            if (isBatch && NaiveCount.status(events.get(i).getBody()) == Status.COMPLETED) {
                return i;
            }
        }
        throw new AssertionError("no batch closes");
    }

    private static boolean isMember(AuditEvent event, String batch) {
        return event.getParent() != null && SubjectKey.of(event.getParent()).equals(batch);
    }

    private static List<AuditEvent> load(String... arguments) {
        List<AuditEvent> events = new ArrayList<>();
        String[] given =
                Arrays.stream(arguments).filter(word -> !word.isEmpty()).toArray(String[]::new);
        new LedgerLoad(LedgerPlan.parse(given), events::add).make();
        return events;
    }
}
