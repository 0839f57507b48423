package io.foundling.topology.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanReason;
import io.foundling.topology.harness.Names;
import io.foundling.topology.store.StoreKeys;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Accounts without a count that an earlier version kept for ever. Proves rule B9. */
final class FormerAccountsTest {

    private static final byte SENT = 0;
    private static final Group OTHERS = Group.of(AlertType.ORPHANED, "", "");
    private static final Group NEXT = Group.of(AlertType.ORPHANED, "s", "next");

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("ledger-store").get();

    private static Group stage(int number) {
        return Group.of(AlertType.ORPHANED, "s", "t" + number);
    }

    /** Counts a subject in each of two stages and in the others, and no longer where {@code isOver}. */
    private void count(boolean isOver) {
        AccountStore store = new AccountStore(bytes, 0, Names.limit(2));
        for (int stage = 0; stage < 3; stage++) {
            store.countOrphan(stage(stage), "record/s/t" + stage + "/1", Optional.of(OrphanReason.DEADLINE_PASSED), 5);
            if (isOver) {
                store.countOrphan(stage(stage), "record/s/t" + stage + "/1", Optional.empty(), 6);
            }
        }
    }

    private void storeAsSent(Group group) {
        Bytes key = StoreKeys.account(group.key());
        byte[] stored = bytes.get(key);
        stored[0] = SENT;
        bytes.put(key, stored);
    }

    @Test
    void shouldGiveTheirPlacesUpWhenTheTaskStarts() {
        // Given
        count(true);
        storeAsSent(stage(0));
        storeAsSent(stage(1));
        storeAsSent(OTHERS);

        // When
        AccountStore reopened = new AccountStore(bytes, 0, Names.limit(2));

        // Then
        assertThat(reopened.bounded(NEXT)).isEqualTo(NEXT);
        assertThat(reopened.account(stage(0))).isEmpty();
        assertThat(reopened.account(OTHERS)).isEmpty();
    }

    @Test
    void shouldStayUntilTheyAreSent() {
        // Given
        count(true);
        storeAsSent(stage(1));

        // When
        AccountStore reopened = new AccountStore(bytes, 0, Names.limit(2));

        // Then
        assertThat(reopened.unsent(10)).containsExactlyInAnyOrder(stage(0), OTHERS);
        assertThat(reopened.bounded(NEXT)).isEqualTo(OTHERS);
    }

    @Test
    void shouldStayWhileSomethingCountsInThem() {
        // Given
        count(false);
        storeAsSent(stage(0));

        // When
        AccountStore reopened = new AccountStore(bytes, 0, Names.limit(2));

        // Then
        assertThat(reopened.account(stage(0)).orElseThrow().count()).isEqualTo(1);
        assertThat(reopened.bounded(NEXT)).isEqualTo(OTHERS);
    }

    @Test
    void shouldKeepASettlementOfWhichNobodyIsMissing() {
        // Given
        Group settlement = Group.settlement("batch/s/t/b1", 1);
        new AccountStore(bytes, 0, Names.limit(2)).figures(settlement, Figures.none(), false, 5);

        // When
        AccountStore reopened = new AccountStore(bytes, 0, Names.limit(2));

        // Then
        assertThat(reopened.account(settlement)).isPresent();
    }
}
