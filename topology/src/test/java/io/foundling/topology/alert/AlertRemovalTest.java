package io.foundling.topology.alert;

import static io.foundling.topology.alert.Accounts.ORPHANED;
import static io.foundling.topology.alert.Accounts.SETTLED;
import static io.foundling.topology.alert.Accounts.VIOLATIONS;
import static io.foundling.topology.alert.Accounts.figures;
import static io.foundling.topology.alert.Accounts.of;
import static io.foundling.topology.alert.Accounts.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Alert;
import io.foundling.audit.AlertStatus;
import io.foundling.audit.Status;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a resolved alert and its group are removed, and what stays. Proves rules A7, A8, A9, A10, A13 and R6. */
final class AlertRemovalTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Duration MAX_AGE = Duration.ofDays(90);

    private final AlertsHarness harness = new AlertsHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldRemoveEverythingOfAGroupWhenItHasBeenResolvedForAWeek() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.send(of(ORPHANED, 1, 0));
        harness.look();
        harness.send(of(ORPHANED, 0, 0));
        harness.look();
        harness.advance(WEEK.minus(SECOND));
        assertThat(harness.alertStory()).endsWith("RESOLVED 0");

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).endsWith("RESOLVED 0", "-");
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldKeepTheSettlementWhenItsAlertIsRemoved() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.send(settlement(0, figures(7, 1, 10, 0)));
        harness.look();

        // When
        harness.advance(WEEK);

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0", "-");
        assertThat(harness.settlements())
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.value()).isPresent());
        assertThat(accounts()).isZero();
    }

    @Test
    void shouldRemoveASettlementThatNeverAlertedWithoutATrace() {
        // Given
        harness.send(settlement(0, figures(7, 1, 10, 0)));
        harness.look();
        harness.advance(WEEK);
        long accounts = accounts();
        harness.advance(RETENTION.minus(WEEK).minus(SECOND.multipliedBy(2)));
        int settlements = harness.settlements().size();

        // When
        harness.advance(SECOND);

        // Then
        assertThat(harness.alerts()).isEmpty();
        assertThat(accounts).isZero();
        assertThat(settlements).isEqualTo(1);
        assertThat(harness.settlements()).hasSize(2);
        assertThat(harness.settlements().get(1).value()).isEmpty();
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "CANCELLED"})
    void shouldRemoveASettlementWhoseMembersNeverCameBack(Status outcome) {
        // Given
        harness.send(settlement(0, figures(7, 1, outcome, -1, 9, 1), "r10"));
        harness.look();

        // When
        harness.advance(RETENTION);
        List<String> ended = harness.alertStory();
        Optional<Object> summary = Optional.of(ended)
                .filter(story -> !story.isEmpty())
                .map(story -> harness.lastAlert().getAnnotations().get("summary"));
        long accounts = accounts();
        harness.advance(WEEK);

        // Then
        boolean fires = outcome == Status.COMPLETED;
        assertThat(harness.settlements()).hasSize(2);
        assertThat(harness.settlements().get(1).value()).isEmpty();
        assertThat(ended).isEqualTo(fires ? List.of("FIRING 1", "RESOLVED 0") : List.of());
        assertThat(summary.map(Object::toString).orElse("settlement.retention")).contains("settlement.retention");
        assertThat(accounts).isZero();
        assertThat(harness.alertStory()).isEqualTo(fires ? List.of("FIRING 1", "RESOLVED 0", "-") : List.of());
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldRemoveASettlementThatAnEarlierVersionKeptForEver() {
        // Given
        harness.send(settlement(0, figures(7, 1, Status.CANCELLED, -1, 9, 1), "r10"));
        harness.look();

        // When
        harness.restartFrom(neverLookedAtAgain());
        harness.advance(RETENTION);

        // Then
        assertThat(harness.settlements().get(1).value()).isEmpty();
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    /** Returns what an earlier version kept of the groups. */
    private Map<Bytes, byte[]> neverLookedAtAgain() {
        Map<Bytes, byte[]> contents = harness.contents();
        GroupCodec groups = new GroupCodec();
        contents.keySet().removeIf(key -> key.get()[0] == AlertKeys.LOOK);
        contents.replaceAll((key, value) -> key.get()[0] == AlertKeys.GROUP
                ? groups.encode(groups.decode(value).lookAt(Times.NEVER))
                : value);
        return contents;
    }

    @Test
    void shouldResolveByAgeWhatAnEarlierVersionLeftFiring() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.send(of(VIOLATIONS, 0, 5, harness.now()));
        harness.look();
        harness.advance(Duration.ofHours(1));
        harness.advance(WEEK);

        // When
        harness.restartFrom(neverLookedAtAgain());
        harness.look();
        harness.advance(MAX_AGE);
        harness.advance(WEEK);

        // Then
        assertThat(harness.alerts().stream()
                        .filter(change -> change.key().equals(ORPHANED.key()))
                        .map(change -> change.value().map(Alert::getStatus)))
                .containsExactly(Optional.of(AlertStatus.FIRING), Optional.of(AlertStatus.RESOLVED), Optional.empty());
        assertThat(harness.contents())
                .doesNotContainKey(AlertKeys.group(VIOLATIONS.key()))
                .containsKey(AlertKeys.group(ORPHANED.key()));
    }

    /** Returns what a rebuild makes of the published alert and settlement, without any account. */
    private Map<Bytes, byte[]> rebuiltWithoutAccounts() {
        KeyValueStore<Bytes, byte[]> store =
                Stores.inMemoryKeyValueStore("alerts").get();
        AlertRebuild rebuild = new AlertRebuild(store, harness.now().toEpochMilli());
        rebuild.alert(SETTLED.key(), harness.lastAlert());
        rebuild.settlement(SETTLED.key(), harness.lastSettlement());
        Map<Bytes, byte[]> contents = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(each -> contents.put(each.key, each.value));
        }
        return contents;
    }

    @Test
    void shouldResolveAfterItsMemoryWhenASettlementLostItsAccounts() {
        // Given
        harness.send(settlement(0, figures(7, 1, 9, 1), "r10"));
        harness.look();
        harness.restartFrom(rebuiltWithoutAccounts());
        harness.look();
        harness.advance(WEEK.minus(SECOND.multipliedBy(2)));
        List<String> before = List.copyOf(harness.alertStory());

        // When
        harness.advance(SECOND);

        // Then
        assertThat(before).containsExactly("FIRING 1");
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0");
        assertThat(harness.lastAlert().getAnnotations())
                .containsEntry(
                        "summary",
                        "Nothing is known any more of the members of batch 2026-09-01 (university/payment-run),"
                                + " attempt 1");
        assertThat(lookAtMs(SETTLED)).isGreaterThan(harness.now().toEpochMilli());
        harness.advance(WEEK);
        assertThat(harness.alertStory()).endsWith("-");
        assertThat(lookAtMs(SETTLED)).isGreaterThan(harness.now().toEpochMilli());
        assertThat(harness.settlements()).hasSize(1);
        harness.advance(RETENTION);
        assertThat(harness.settlements()).hasSize(2);
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    private long lookAtMs(Group group) {
        return new GroupCodec()
                .decode(harness.contents().get(AlertKeys.group(group.key())))
                .lookAtMs();
    }

    private long accounts() {
        return harness.contents().keySet().stream()
                .filter(key -> key.get()[0] == AlertKeys.ACCOUNT)
                .count();
    }

    @Test
    void shouldKeepFiringWhileThereWasNewsInNinetyDays() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        harness.advance(MAX_AGE.minusDays(1));
        harness.send(of(ORPHANED, 0, 1, "r1"));

        // When
        harness.advance(MAX_AGE.minusDays(1));

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1");
        assertThat(harness.contents()).isNotEmpty();
    }

    @Test
    void shouldResolveByAgeWhatNobodyEndsAndSaySo() {
        // Given
        harness.send(of(ORPHANED, 0, 1, "r1"));
        harness.look();
        harness.restart();

        // When
        harness.advance(MAX_AGE);

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1", "RESOLVED 0");
        assertThat(harness.lastAlert().getAnnotations().get("summary"))
                .startsWith("Resolved by age, and not because anything was mended: nothing has changed for"
                        + " alerts.maxAge. Before: 1 subject of university/declaration is an orphan");
        harness.advance(WEEK);
        assertThat(harness.alertStory()).endsWith("-");
        assertThat(harness.contents().keySet()).noneMatch(key -> key.get()[0] == AlertKeys.LOOK);
        harness.send(of(ORPHANED, 0, 2, "r1", "r2"));
        harness.look();
        assertThat(harness.alertStory()).endsWith("FIRING 2");
    }

    /** The partitions whose counts did not change send nothing again. */
    @Test
    void shouldCountAllPartitionsWhenAnAlertThatAgedOutFiresAgain() {
        // Given
        for (int partition = 0; partition < 6; partition++) {
            harness.send(of(ORPHANED, partition, 2, partition + "a", partition + "b"));
        }
        harness.look();
        harness.advance(MAX_AGE);
        harness.advance(WEEK);
        harness.restart();
        harness.look();

        // When
        harness.send(of(ORPHANED, 3, 3, "3a", "3b", "3c"));
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 12", "RESOLVED 0", "-", "FIRING 13");
        for (int partition = 0; partition < 6; partition++) {
            assertThat(harness.lastAlert().getStatus()).isEqualTo(AlertStatus.FIRING);
            harness.send(of(ORPHANED, partition, 0));
            harness.look();
        }
        assertThat(harness.alertStory()).endsWith("RESOLVED 0");
        harness.advance(WEEK);
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldForgetViolationsThatTheirAccountsForgot() {
        // Given
        harness.send(of(VIOLATIONS, 0, 1_000, harness.now()));
        harness.send(of(VIOLATIONS, 1, 5, harness.now()));
        harness.look();
        harness.advance(Duration.ofHours(1));

        // When
        harness.send(of(VIOLATIONS, 0, 0, harness.now()));
        harness.look();
        harness.send(of(VIOLATIONS, 0, 2, harness.now()));
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 1005", "RESOLVED 0", "FIRING 2");
        harness.advance(Duration.ofHours(1));
        harness.send(of(VIOLATIONS, 0, 0, harness.now()));
        harness.send(of(VIOLATIONS, 1, 0, harness.now()));
        harness.advance(WEEK);
        harness.advance(WEEK);
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldForgetViolationsThatNobodyReportsAnyMore() {
        // Given
        harness.send(of(VIOLATIONS, 0, 1_000, harness.now()));
        harness.look();
        harness.advance(Duration.ofHours(1));

        // When
        harness.advance(MAX_AGE);
        harness.advance(WEEK);

        // Then
        assertThat(harness.contents()).containsOnlyKeys(AlertKeys.cursor());
    }

    @Test
    void shouldNotForgetWhatWasCountedWhenTheAlertIsRemoved() {
        // Given
        harness.send(of(VIOLATIONS, 0, 1_000, harness.now()));
        harness.send(of(VIOLATIONS, 1, 1_000, harness.now()));
        harness.look();
        harness.advance(Duration.ofHours(1));
        harness.advance(WEEK);
        harness.send(of(VIOLATIONS, 0, 1_001, harness.now()));

        // When
        harness.look();

        // Then
        assertThat(harness.alertStory()).containsExactly("FIRING 2000", "RESOLVED 0", "-", "FIRING 1");
    }
}
