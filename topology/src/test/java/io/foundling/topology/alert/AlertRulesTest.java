package io.foundling.topology.alert;

import static io.foundling.audit.AlertType.CLOCK;
import static io.foundling.audit.AlertType.GAP;
import static io.foundling.audit.AlertType.ORPHANED;
import static io.foundling.audit.AlertType.SETTLEMENT;
import static io.foundling.audit.AlertType.VIOLATIONS;
import static io.foundling.topology.alert.Accounts.figures;
import static io.foundling.topology.alert.Accounts.of;
import static io.foundling.topology.alert.Accounts.settlement;
import static io.foundling.topology.alert.Accounts.takenBack;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertStatus;
import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.topology.account.Account;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.settings.LedgerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a group publishes, at the boundaries of time. Proves rules P15, A9 and A10. */
final class AlertRulesTest {

    private static final long NOW = AlertsHarness.START.toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long WEEK = 7L * 24 * 3_600_000;
    private static final long RETENTION = Duration.ofDays(90).toMillis();
    private static final long DAY = 24 * HOUR;

    private final AlertRules rules = new AlertRules(LedgerSettings.defaults("audit.events", 6));

    @Test
    void shouldStayFiringUntilItWasQuietForExactlyTheQuietPeriod() {
        // Given
        List<Account> accounts = List.of(violations(0, 5, NOW), violations(1, 1, NOW + 1));
        GroupState fired = look(VIOLATIONS, GroupState.begun(NOW), accounts, NOW + 10);

        // When
        GroupState before = look(VIOLATIONS, fired, accounts, NOW + HOUR);
        GroupState exactly = look(VIOLATIONS, fired, accounts, NOW + HOUR + 1);

        // Then
        assertThat(fired.lookAtMs()).isEqualTo(NOW + HOUR + 1);
        assertThat(before).isEqualTo(fired);
        assertThat(status(exactly)).isEqualTo(AlertStatus.RESOLVED);
        assertThat(exactly.baseline()).isEqualTo(6);
        assertThat(exactly.lookAtMs()).isEqualTo(NOW + HOUR + 1 + WEEK);
    }

    @Test
    void shouldPublishWhatCameBeforeResolvingWhenBothAreSeenAtOnce() {
        // Given
        GroupState fired = look(GAP, GroupState.begun(NOW), List.of(violations(0, 5, NOW)), NOW);
        List<Account> more = List.of(violations(0, 8, NOW + 1));

        // When
        GroupState updated = look(GAP, fired, more, NOW + 2 * HOUR);

        // Then
        assertThat(status(updated)).isEqualTo(AlertStatus.FIRING);
        assertThat(updated.alert().orElseThrow().total().count()).isEqualTo(8);
        assertThat(updated.lookAtMs()).isLessThanOrEqualTo(NOW + 2 * HOUR);
        assertThat(status(look(GAP, updated, more, NOW + 2 * HOUR + 1_000))).isEqualTo(AlertStatus.RESOLVED);
    }

    @Test
    void shouldStayResolvedWhenNothingWasAdded() {
        // Given
        List<Account> accounts = List.of(violations(0, 5, NOW));
        GroupState fired = look(VIOLATIONS, GroupState.begun(NOW), accounts, NOW);
        GroupState resolved = look(VIOLATIONS, fired, accounts, NOW + HOUR);

        // When
        GroupState again = look(VIOLATIONS, resolved, accounts, NOW + HOUR + 1);

        // Then
        assertThat(again).isEqualTo(resolved);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, WEEK - 1})
    void shouldKeepAResolvedAlertForItsMemory(long elapsedMs) {
        // Given
        GroupState resolved = resolved();

        // When
        Verdict verdict = rules.look(ORPHANED, resolved, List.of(orphans(0)), NOW + elapsedMs);

        // Then
        assertThat(verdict).isEqualTo(new Verdict(resolved, Verdict.Kept.GROUP_AND_ACCOUNTS));
        assertThat(resolved.lookAtMs()).isEqualTo(NOW + WEEK);
    }

    @ParameterizedTest
    @ValueSource(longs = {WEEK, WEEK + 1, 1_000 * WEEK})
    void shouldForgetAResolvedAlertAfterItsMemory(long elapsedMs) {
        // Given
        GroupState resolved = resolved();

        // When
        Verdict verdict = rules.look(ORPHANED, resolved, List.of(orphans(0)), NOW + elapsedMs);

        // Then
        assertThat(verdict.kept()).isEqualTo(Verdict.Kept.NOTHING);
        assertThat(verdict.after().alert()).isEmpty();
    }

    @Test
    void shouldFireAnewWhenTheMemoryEndsTogetherWithANewOrphan() {
        // Given
        GroupState resolved = resolved();

        // When
        GroupState fired = look(ORPHANED, resolved, List.of(orphans(1)), NOW + WEEK);

        // Then
        assertThat(status(fired)).isEqualTo(AlertStatus.FIRING);
        assertThat(fired.alert().orElseThrow().startsAtMs()).isEqualTo(NOW + WEEK);
        assertThat(fired.sequence()).isEqualTo(resolved.sequence() + 1);
        assertThat(fired.lookAtMs()).isEqualTo(resolved.touchedAtMs() + 90 * DAY);
    }

    @Test
    void shouldNotLookAgainWhenTheTimeToDoSoIsBeyondTime() {
        // Given
        long end = Long.MAX_VALUE - 1;
        GroupState fired = look(CLOCK, GroupState.begun(end), List.of(orphans(1)), end);

        // When
        GroupState resolved = look(CLOCK, fired, List.of(orphans(0)), end);

        // Then
        assertThat(status(resolved)).isEqualTo(AlertStatus.RESOLVED);
        assertThat(resolved.lookAtMs()).isEqualTo(Times.NEVER);
    }

    @Test
    void shouldForgetAGroupThatNeverFiredAfterAsLong() {
        // Given
        GroupState silent = look(ORPHANED, GroupState.begun(NOW), List.of(orphans(0)), NOW);

        // When
        Verdict verdict = rules.look(ORPHANED, silent, List.of(orphans(0)), NOW + WEEK);

        // Then
        assertThat(silent.lookAtMs()).isEqualTo(NOW + WEEK);
        assertThat(verdict.kept()).isEqualTo(Verdict.Kept.NOTHING);
    }

    @Test
    void shouldKeepASettlementForAsLongAsTheLedgerMayCorrectIt() {
        // Given
        List<Account> clean = List.of(settlement(0, figures(7, 1, 10, 0)));
        List<Account> missing = List.of(settlement(0, figures(7, 1, Status.CANCELLED, -1, 9, 1), "r10"));
        List<Account> waiting = List.of(settlement(0, figures(7, 2, 10, 0)));

        // When
        GroupState settled = look(SETTLEMENT, GroupState.begun(NOW), clean, NOW);
        GroupState cancelled = look(SETTLEMENT, GroupState.begun(NOW), missing, NOW);
        GroupState incomplete = look(SETTLEMENT, GroupState.begun(NOW), waiting, NOW);

        // Then
        assertThat(settled.lookAtMs()).isEqualTo(NOW + WEEK);
        assertThat(cancelled.lookAtMs()).isEqualTo(NOW + RETENTION);
        assertThat(incomplete.lookAtMs()).isEqualTo(NOW + RETENTION);
        Verdict forgotten = rules.look(SETTLEMENT, settled, clean, NOW + WEEK);
        assertThat(forgotten.kept()).isEqualTo(Verdict.Kept.GROUP);
        assertThat(forgotten.after()).isEqualTo(settled.lookAt(NOW + RETENTION));
        assertThat(look(SETTLEMENT, cancelled, missing, NOW + WEEK)).isEqualTo(cancelled);
    }

    @Test
    void shouldRemoveASettlementWhenItsRetentionIsOver() {
        // Given
        List<Account> missing = List.of(settlement(0, figures(7, 1, 9, 1), "r10"));
        GroupState fired = look(SETTLEMENT, GroupState.begun(NOW), missing, NOW);
        List<Account> clean = List.of(settlement(0, figures(7, 1, 10, 0)));
        GroupState settled = look(SETTLEMENT, GroupState.begun(NOW), clean, NOW);

        // When
        GroupState before = look(SETTLEMENT, fired, missing, NOW + RETENTION - 1);
        Verdict exactly = rules.look(SETTLEMENT, fired, missing, NOW + RETENTION);
        Verdict withoutAccounts = rules.look(SETTLEMENT, settled, List.of(), NOW + RETENTION);

        // Then
        assertThat(before).isEqualTo(fired);
        assertThat(withoutAccounts.kept()).isEqualTo(Verdict.Kept.NOTHING);
        assertThat(withoutAccounts.after().alert()).isEmpty();
        assertThat(withoutAccounts.after().settlement()).isEmpty();
        assertThat(exactly.kept()).isEqualTo(Verdict.Kept.GROUP);
        assertThat(exactly.agesOut()).isTrue();
        assertThat(exactly.after().settlement()).isEmpty();
        assertThat(exactly.after().isFiring()).isFalse();
        assertThat(exactly.after().lookAtMs()).isEqualTo(NOW + RETENTION + WEEK);
        Verdict over = rules.look(SETTLEMENT, exactly.after(), List.of(), NOW + RETENTION + WEEK);
        assertThat(over.kept()).isEqualTo(Verdict.Kept.NOTHING);
        assertThat(over.agesOut()).isFalse();
        assertThat(over.after().alert()).isEmpty();
    }

    /** The ledger knows a closing for longer while a member is missing in it, and sends an account when one comes back. */
    @Test
    void shouldNotFireForASettlementThatIsGone() {
        // Given
        long lateMs = NOW + RETENTION + 10 * DAY;
        List<Account> late = List.of(settlement(0, figures(7, 1, 9, 1), "r10"));

        // When
        Verdict verdict = rules.look(SETTLEMENT, GroupState.begun(lateMs), late, lateMs);

        // Then
        assertThat(verdict.kept()).isEqualTo(Verdict.Kept.NOTHING);
        assertThat(verdict.after().alert()).isEmpty();
        assertThat(verdict.after().settlement()).isEmpty();
        assertThat(verdict.agesOut()).isFalse();
    }

    @Test
    void shouldKeepAnAlertThatResolvedShortlyBeforeItsSettlementIsRemoved() {
        // Given
        GroupState fired = look(
                SETTLEMENT,
                GroupState.begun(NOW),
                List.of(settlement(0, figures(7, 1, 9, 1), "r10")),
                NOW + RETENTION - WEEK);
        List<Account> clean = List.of(settlement(0, figures(7, 1, 10, 0)));
        GroupState resolved = look(SETTLEMENT, fired, clean, NOW + RETENTION - 1);

        // When
        Verdict verdict = rules.look(SETTLEMENT, resolved, clean, NOW + RETENTION);

        // Then
        assertThat(verdict.after().alert()).isEqualTo(resolved.alert());
        assertThat(verdict.after().lookAtMs()).isEqualTo(NOW + RETENTION - 1 + WEEK);
        assertThat(verdict.kept()).isEqualTo(Verdict.Kept.GROUP);
        assertThat(verdict.agesOut()).isFalse();
    }

    @Test
    void shouldTakeASettlementBackWhenItsAccountsAreForgotten() {
        // Given
        List<Account> clean = List.of(settlement(0, figures(7, 2, 5, 0)), settlement(1, figures(7, 2, 5, 0)));
        GroupState settled = look(SETTLEMENT, GroupState.begun(NOW), clean, NOW);
        GroupState kept = rules.look(SETTLEMENT, settled, clean, NOW + WEEK).after();

        // When
        GroupState alone = look(SETTLEMENT, kept, List.of(settlement(1, figures(8, 2, 0, 0))), NOW + WEEK);
        GroupState takenBack =
                look(SETTLEMENT, kept.touched(NOW + WEEK), List.of(settlement(1, takenBack(8, 2))), NOW + WEEK);

        // Then
        assertThat(alone.settlement()).isEqualTo(settled.settlement());
        assertThat(takenBack.settlement()).isEmpty();
    }

    @Test
    void shouldOutliveItsAlertWhenTheLedgerRemembersForLonger() {
        // Given
        AlertRules longer = new AlertRules(settlingFor(Duration.ofDays(30)));
        List<Account> missing = List.of(settlement(0, figures(7, 1, 9, 1), "r10"));
        List<Account> clean = List.of(settlement(0, figures(7, 1, 10, 0)));
        GroupState fired = look(SETTLEMENT, GroupState.begun(NOW), missing, NOW);
        GroupState resolved = look(SETTLEMENT, fired, clean, NOW);

        // When
        Verdict afterAWeek = longer.look(SETTLEMENT, resolved, clean, NOW + WEEK);

        // Then
        assertThat(afterAWeek.kept()).isEqualTo(Verdict.Kept.GROUP_AND_ACCOUNTS);
        assertThat(afterAWeek.after().alert()).isEmpty();
        assertThat(afterAWeek.after().settlement()).isEqualTo(resolved.settlement());
        assertThat(afterAWeek.after().lookAtMs())
                .isEqualTo(NOW + Duration.ofDays(30).toMillis());
    }

    @Test
    void shouldTakeBackAsSoonAsOnePartitionSaysSo() {
        // Given
        List<Account> closed = List.of(settlement(0, figures(7, 2, 5, 0)), settlement(1, figures(7, 2, 4, 1), "r10"));
        GroupState fired = look(SETTLEMENT, GroupState.begun(NOW), closed, NOW);
        List<Account> open = List.of(settlement(0, takenBack(8, 2)), closed.get(1));

        // When
        GroupState takenBack = look(SETTLEMENT, fired, open, NOW + 1);

        // Then
        assertThat(fired.settlement()).isPresent();
        assertThat(takenBack.settlement()).isEmpty();
        assertThat(status(takenBack)).isEqualTo(AlertStatus.RESOLVED);
        assertThat(rules.look(SETTLEMENT, takenBack, open, NOW + 1 + WEEK).kept())
                .isEqualTo(Verdict.Kept.NOTHING);
    }

    @Test
    void shouldDecideTheSameAgainWhateverItLookedAt() {
        // Given
        List<Account> accounts = List.of(settlement(0, figures(7, 1, 9, 1), "r10"));
        GroupState once = look(SETTLEMENT, GroupState.begun(NOW), accounts, NOW);

        // When
        GroupState twice = look(SETTLEMENT, once, accounts, NOW + 1_000);

        // Then
        assertThat(twice).isEqualTo(once);
    }

    private static LedgerSettings settlingFor(Duration memory) {
        LedgerSettings base = LedgerSettings.defaults("audit.events", 6);
        return new LedgerSettings(
                base.topics(),
                base.time(),
                base.lateEvents(),
                base.sweep(),
                base.retention(),
                new LedgerSettings.Settlement(
                        base.settlement().grace(), memory, base.settlement().retention()),
                base.alerting(),
                base.policies());
    }

    private GroupState look(AlertType type, GroupState before, List<Account> accounts, long nowMs) {
        Verdict verdict = rules.look(type, before, accounts, nowMs);
        assertThat(verdict.kept()).isEqualTo(Verdict.Kept.GROUP_AND_ACCOUNTS);
        return verdict.after();
    }

    /** A group that fired and was resolved, both at {@link #NOW}. */
    private GroupState resolved() {
        GroupState fired = look(ORPHANED, GroupState.begun(NOW), List.of(orphans(1)), NOW);
        return look(ORPHANED, fired, List.of(orphans(0)), NOW);
    }

    private static Account orphans(long count) {
        return of(Accounts.ORPHANED, 0, count);
    }

    private static Account violations(int partition, long count, long changedAtMs) {
        return of(Accounts.VIOLATIONS, partition, count, Instant.ofEpochMilli(changedAtMs));
    }

    private static AlertStatus status(GroupState group) {
        return group.alert().map(AlertState::status).orElseThrow();
    }
}
