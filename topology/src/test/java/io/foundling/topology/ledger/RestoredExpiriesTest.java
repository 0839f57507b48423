package io.foundling.topology.ledger;

import static io.foundling.topology.harness.Events.completed;
import static io.foundling.topology.harness.Events.deferred;
import static io.foundling.topology.harness.Events.erased;
import static io.foundling.topology.harness.Events.key;
import static io.foundling.topology.harness.Events.opened;
import static io.foundling.topology.harness.LedgerHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Settlement;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.harness.LedgerHarness;
import io.foundling.topology.harness.StoredKeys;
import io.foundling.topology.settings.LedgerSettings;
import io.foundling.topology.store.StoreKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The entries of subjects in the expiry index are not in the changelog: a task that was restored makes them anew. */
final class RestoredExpiriesTest {

    private static final Predicate<Bytes> DERIVED = StoreKeys.DERIVED.isDerived();
    private static final byte EXPIRY = 0x02;
    private static final byte MARK = 1;
    private static final Bytes STAMP = Bytes.wrap(new byte[] {0x0a});
    private static final Bytes OWN_STAMP = Bytes.wrap(new byte[] {0x0b});

    private final LedgerHarness ledger = LedgerHarness.of(LedgerSettings.defaults("audit.events", 1));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldWarnOfWhatIsDueAfterARestoreWithoutThem() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        ledger.send(deferred("r2").dueAt(START.plus(30, MINUTES)));
        delete();

        // When
        ledger.restart();
        ledger.bothReach(START.plus(20, MINUTES));

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        ledger.bothReach(START.plus(40, MINUTES));
        assertThat(ledger.orphans()).containsOnlyKeys(key("r1"), key("r2"));
    }

    /** So it is in a task that was active, then a standby, and then active again. */
    @Test
    void shouldReplaceThoseOfAFormerLifeWhereTheSubjectsMovedOn() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        ledger.send(deferred("r2").dueAt(START.plus(10, MINUTES)));
        List<Bytes> former = expiries();
        ledger.send(completed("r1").at(START.plus(1, MINUTES)));
        ledger.send(deferred("r3").dueAt(START.plus(10, MINUTES)));
        List<Bytes> present = expiries();
        delete();
        former.forEach(each -> ledger.store().overwrite(each, new byte[] {0}));
        stamp(7, 5);

        // When
        ledger.restart();
        ledger.bothReach(START.plus(2, MINUTES));

        // Then
        assertThat(expiries()).containsExactlyInAnyOrderElementsOf(present);
        assertThat(ledger.store().contents().get(OWN_STAMP))
                .isEqualTo(ledger.store().contents().get(STAMP));
        ledger.bothReach(START.plus(20, MINUTES));
        assertThat(ledger.orphans()).containsOnlyKeys(key("r2"), key("r3"));
    }

    @Test
    void shouldLeaveThemAloneWhereTheyBelongToTheSubjects() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        expiries().forEach(each -> ledger.store().overwrite(each, new byte[] {MARK}));

        // When
        ledger.restart();
        ledger.bothReach(START.plus(2, MINUTES));

        // Then
        assertThat(expiries())
                .isNotEmpty()
                .allSatisfy(
                        each -> assertThat(ledger.store().contents().get(each)).containsExactly(MARK));
    }

    /**
     * A subject that could not be processed says a time that is past: its entry comes up at once, and is no stale one.
     */
    @Test
    void shouldLookAtOnceAtASubjectWhoseTimeIsPast() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        delete();
        ledger.send(deferred("r2").dueAt(START.plus(15, MINUTES)));
        ledger.bothReach(START.plus(20, MINUTES));
        assertThat(ledger.orphans()).containsOnlyKeys(key("r2"));
        stamp(2, 1);

        // When
        ledger.restart();
        ledger.bothReach(START.plus(21, MINUTES));

        // Then
        assertThat(ledger.orphans()).containsOnlyKeys(key("r1"), key("r2"));
    }

    @Test
    void shouldLookAtOnceAtASubjectThatCannotBeRead() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        ledger.store().overwrite(StoredKeys.subject("r1"), new byte[] {99});
        delete();
        stamp(2, 1);

        // When
        ledger.restart();
        ledger.bothReach(START.plus(1, MINUTES));

        // Then: it was set aside
        assertThat(ledger.store().contents()).doesNotContainKey(StoredKeys.subject("r1"));
    }

    /** Entries of parents and erased subjects are logged, because they do not follow from subjects. */
    @Test
    void shouldKeepWhatIsDueOfParentsAndErasedSubjects() {
        // Given
        ledger.send(opened("b1").kind(SubjectKind.BATCH));
        ledger.send(deferred("r1").parent("b1"));
        ledger.send(completed("b1").kind(SubjectKind.BATCH).at(START.plus(1, MINUTES)));
        ledger.send(deferred("r2").dueAt(START.plus(10, MINUTES)));
        ledger.send(erased("r2").at(START.plus(1, MINUTES)));
        delete();

        // When
        ledger.restart();
        ledger.bothReach(START.plus(20, MINUTES));
        ledger.bothReach(START.plus(40, MINUTES));

        // Then
        assertThat(ledger.settlements().values())
                .singleElement()
                .extracting(Settlement::getMissing)
                .isEqualTo(List.of(key("r1")));
        assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
        assertThat(expiries()).anyMatch(each -> new String(each.get(), UTF_8).contains("erased/"));
    }

    @Test
    void shouldLogNothingThatSubjectsSayAndEverythingElse() {
        assertThat(DERIVED).accepts(StoredKeys.expiry(START, key("r1")), OWN_STAMP);
        assertThat(DERIVED)
                .rejects(
                        STAMP,
                        StoredKeys.subject("r1"),
                        StoredKeys.expiry(START, key("b1") + '\0'),
                        StoredKeys.expiry(START, key("b1") + '\1'),
                        StoredKeys.expiry(START, "erased/x"),
                        Bytes.wrap(new byte[] {EXPIRY}));
    }

    /** An earlier build logged them, and set no stamp: then a deletion must be logged, or the key stays in the changelog. */
    @Test
    void shouldNoteThatAnEarlierBuildLoggedThem() {
        // Given
        ledger.send(deferred("r1").dueAt(START.plus(10, MINUTES)));
        ledger.store().overwrite(STAMP, null);
        ledger.store().overwrite(OWN_STAMP, null);
        assertThat(ledger.store().contents()).doesNotContainKey(StoreKeys.DERIVED.former());

        // When
        ledger.restart();
        ledger.bothReach(START.plus(20, MINUTES));

        // Then
        assertThat(ledger.store().contents()).containsKey(StoreKeys.DERIVED.former());
        assertThat(ledger.orphans()).containsOnlyKeys(key("r1"));
    }

    /** Deletes what is not logged. */
    private void delete() {
        ledger.store().contents().keySet().stream()
                .filter(DERIVED)
                .forEach(each -> ledger.store().overwrite(each, null));
    }

    private List<Bytes> expiries() {
        List<Bytes> keys = new ArrayList<>();
        ledger.store().contents().keySet().forEach(each -> {
            if (each.get()[0] == EXPIRY) {
                keys.add(each);
            }
        });
        return keys;
    }

    private void stamp(long logged, long own) {
        ledger.store().overwrite(STAMP, stamp(logged));
        ledger.store().overwrite(OWN_STAMP, stamp(own));
    }

    private static byte[] stamp(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
