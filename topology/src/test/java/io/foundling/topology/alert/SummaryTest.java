package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.topology.account.Figures;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCounts;
import io.foundling.topology.account.Total;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sentence that an alert shows to people. Proves rules A1, A2, A3, A8 and A12. */
final class SummaryTest {

    private static final String BATCH = "batch 2026-09-01 (university/payment-run), attempt 1";

    @Test
    void shouldUseTheSingularOfOne() {
        // When / Then
        assertThat(firing(Group.of(AlertType.ORPHANED, "a", "b"), 1)).startsWith("1 subject of a/b is an orphan: ");
        assertThat(firing(Group.of(AlertType.SUPERSEDED, "a", "b"), 1))
                .isEqualTo("1 attempt of a/b was followed by another attempt while still awaiting");
        assertThat(firing(Group.of(AlertType.VIOLATIONS, "a", "b"), 1))
                .isEqualTo("1 violation of the contract or the ledger in a/b");
        assertThat(firing(Group.gap("t"), 1)).isEqualTo("1 offset of topic t was deleted before it was read");
        assertThat(firing(Group.clock(), 1)).startsWith("1 audit clock is paused: ");
        assertThat(missing(-1, 0, 1)).isEqualTo("1 of 1 member of " + BATCH + ", did not come back");
        assertThat(missing(1, 0, 0)).isEqualTo("1 of 1 announced member of " + BATCH + ", was never seen");
    }

    @Test
    void shouldUseThePluralOfMany() {
        // When / Then
        assertThat(firing(Group.of(AlertType.ORPHANED, "a", "b"), 2)).startsWith("2 subjects of a/b are orphans: ");
        assertThat(firing(Group.of(AlertType.VIOLATIONS, "a", "b"), 2))
                .isEqualTo("2 violations of the contract or the ledger in a/b");
        assertThat(firing(Group.gap("t"), 2)).isEqualTo("2 offsets of topic t were deleted before they were read");
        assertThat(firing(Group.clock(), 2)).startsWith("2 audit clocks are paused: ");
        assertThat(firing(Group.of(AlertType.STALE_SCOPE, "a", "b"), 2)).startsWith("2 scopes of a/b are stale: ");
        assertThat(firing(Group.of(AlertType.RECONCILIATION, "a", "b"), 2))
                .isEqualTo("The last check of 2 scopes of a/b did not pass");
        assertThat(firing(Group.of(AlertType.VOLUME_ANOMALY, "a", "b"), 2))
                .isEqualTo("2 scopes of a/b counted far more or far less than before");
        assertThat(missing(-1, 9, 2)).isEqualTo("2 of 11 members of " + BATCH + ", did not come back");
        assertThat(missing(12, 10, 0)).isEqualTo("2 of 12 announced members of " + BATCH + ", were never seen");
        assertThat(missing(12, 9, 1))
                .isEqualTo("1 of 10 members of " + BATCH
                        + ", did not come back; 2 of 12 announced members were never seen");
    }

    @Test
    void shouldSayWhoIsOtherThanAnnounced() {
        // When / Then
        assertThat(other(2, 1, 0, 1, 0))
                .isEqualTo("1 of 2 announced members of " + BATCH + ", was never seen; 1 member was not announced");
        assertThat(other(2, 3, 0, 0, 0)).isEqualTo("1 member of " + BATCH + ", came beyond the 2 announced");
        assertThat(other(2, 5, 0, 0, 0)).isEqualTo("3 members of " + BATCH + ", came beyond the 2 announced");
        assertThat(other(-1, 1, 2, 0, 1))
                .isEqualTo("2 of 3 members of " + BATCH + ", did not come back, 1 of them never began");
    }

    @Test
    void shouldNameTheReasonThatApplies() {
        // When / Then
        assertThat(orphaned(1, 0)).isEqualTo("1 subject of a/b is an orphan: still awaiting past its deadline");
        assertThat(orphaned(2, 0)).isEqualTo("2 subjects of a/b are orphans: still awaiting past their deadlines");
        assertThat(orphaned(1, 1)).isEqualTo("1 subject of a/b is an orphan: not back when its parent closed");
        assertThat(orphaned(2, 2)).isEqualTo("2 subjects of a/b are orphans: not back when their parents closed");
        assertThat(orphaned(3, 2))
                .isEqualTo("3 subjects of a/b are orphans: 1 still awaiting past its deadline,"
                        + " 2 not back when their parents closed");
    }

    private static String orphaned(long count, long parentClosed) {
        return Summary.of(
                Group.of(AlertType.ORPHANED, "a", "b"),
                alert(new Total(count, parentClosed, List.of(), false, Optional.empty())));
    }

    /** Members of closed parents count in the settlements of those, so that zero here does not mean nobody. */
    @Test
    void shouldNotClaimThatNobodyIsAnOrphanWhenAStageResolves() {
        // When
        String resolved = Summary.of(
                Group.of(AlertType.ORPHANED, "a", "b"),
                new AlertState(AlertStatus.RESOLVED, new Total(0, 0, List.of(), false, Optional.empty()), 0, 1));

        // Then
        assertThat(resolved)
                .isEqualTo("No subject of a/b is an orphan any more, apart from missing members of closed parents");
    }

    /** It also resolves when silences are switched off, or after a rebuild. */
    @Test
    void shouldNotClaimThatASourceReportsWhenItsSilenceResolves() {
        // When
        String resolved = Summary.of(
                Group.silentSource("a"),
                new AlertState(AlertStatus.RESOLVED, new Total(0, 0, List.of(), false, Optional.empty()), 0, 1));

        // Then
        assertThat(resolved).isEqualTo("Nothing says any more that source a is silent");
    }

    @Test
    void shouldSayHowTheParentEndedUnlessItCompleted() {
        // When / Then
        assertThat(ended(AlertStatus.FIRING, Status.FAILED))
                .isEqualTo("1 of 3 members of " + BATCH + ", which failed, did not come back");
        assertThat(ended(AlertStatus.FIRING, Status.SKIPPED))
                .isEqualTo("1 of 3 members of " + BATCH + ", which was skipped, did not come back");
        assertThat(ended(AlertStatus.RESOLVED, Status.FAILED))
                .isEqualTo("Nobody is missing any more from " + BATCH + ", which failed (3 members)");
    }

    private static String ended(AlertStatus status, Status outcome) {
        Figures figures = Accounts.figures(7, 1, outcome, -1, 2, 1);
        return Summary.of(
                Accounts.SETTLED,
                new AlertState(status, new Total(1, 0, List.of(), false, Optional.of(figures)), 0, Long.MAX_VALUE));
    }

    private static String other(long expected, long asked, long orphaned, long unannounced, long neverBegan) {
        MemberCounts members = new MemberCounts(
                new TreeMap<>(Map.of(Status.COMPLETED, asked + unannounced)),
                0,
                orphaned,
                unannounced,
                neverBegan,
                neverBegan);
        Figures figures = new Figures(7, 1, 0, Status.COMPLETED, expected, members);
        return Summary.of(Accounts.SETTLED, alert(new Total(orphaned, 0, List.of(), false, Optional.of(figures))));
    }

    private static String firing(Group group, long count) {
        return Summary.of(group, alert(new Total(count, 0, List.of(), false, Optional.empty())));
    }

    private static String missing(long expected, long completed, long orphaned) {
        Figures figures = Accounts.figures(7, 1, Status.COMPLETED, expected, completed, orphaned);
        return Summary.of(Accounts.SETTLED, alert(new Total(orphaned, 0, List.of(), false, Optional.of(figures))));
    }

    private static AlertState alert(Total total) {
        return new AlertState(AlertStatus.FIRING, total, 0, Long.MAX_VALUE);
    }
}
