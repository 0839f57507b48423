package io.foundling.service.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountTest {

    @Test
    void shouldFindNoDifferenceWhenFiguresAndOrphansAreEqual() {
        // Given
        Account expected = account(Map.of(Account.WARNINGS, 1L), Map.of("record/a/b/1", Status.PENDING));
        Account seen =
                account(Map.of(Account.WARNINGS, 1L, Account.DUPLICATES, 0L), Map.of("record/a/b/1", Status.PENDING));

        // When / Then
        assertThat(Account.differences(expected, seen)).isEmpty();
    }

    @Test
    void shouldNameFigureAndBothValuesWhenTheyDiffer() {
        // Given
        Account expected = account(Map.of(Account.RECOVERED, 2L), Map.of());
        Account seen = account(Map.of("violation TOO_LATE", 1L), Map.of());

        // When / Then
        assertThat(Account.differences(expected, seen))
                .containsExactly("recovered: expected 2, seen 0", "violation TOO_LATE: expected 0, seen 1");
    }

    @Test
    void shouldNameTheSubjectWhenAnOrphanIsMissingFalseOrInAnotherStatus() {
        // Given
        Account expected = account(Map.of(), Map.of("missing", Status.PENDING, "other", Status.PENDING));
        Account seen = account(Map.of(), Map.of("false", Status.DEFERRED, "other", Status.DEFERRED));

        // When / Then
        assertThat(Account.differences(expected, seen))
                .containsExactly(
                        "false: expected no orphan, seen an orphan in DEFERRED",
                        "missing: expected an orphan in PENDING, seen no orphan",
                        "other: expected an orphan in PENDING, seen an orphan in DEFERRED");
    }

    private static Account account(Map<String, Long> figures, Map<String, Status> orphans) {
        return new Account(new TreeMap<>(figures), new TreeMap<>(orphans));
    }
}
