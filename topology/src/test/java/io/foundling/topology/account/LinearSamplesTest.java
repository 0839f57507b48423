package io.foundling.topology.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertType;
import io.foundling.audit.OrphanReason;
import io.foundling.topology.harness.Names;
import io.foundling.topology.parent.ParentStore;
import io.foundling.topology.store.TombstoneStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples are found without walking over all that no longer counts. Proves rule A6. */
final class LinearSamplesTest {

    private static final int SUBJECTS = 10_000;
    private static final Group GROUP = Group.of(AlertType.ORPHANED, "university", "declaration");

    private final TombstoneStore bytes = new TombstoneStore();
    private final AccountStore store = new AccountStore(bytes, 0, Names.limit());

    @Test
    void shouldWalkOverEachSubjectThatNoLongerCountsAboutOnce() {
        // Given
        for (int subject = 0; subject < SUBJECTS; subject++) {
            store.count(GROUP, key(subject), true, 5);
        }
        long before = bytes.walked();

        // When
        for (int subject = 0; subject < SUBJECTS; subject++) {
            store.count(GROUP, key(subject), false, 6);
            store.samples(GROUP, count(), 1);
        }
        store.samples(GROUP, count(), 1);

        // Then
        assertThat(bytes.walked() - before).isLessThan(3 * SUBJECTS);
    }

    /** Each closing of a parent has a group and a pass, and mostly nobody is missing. */
    @Test
    void shouldWalkOverNoPassesThatAreOverWhenNobodyIsMissing() {
        // Given
        ParentStore parents = new ParentStore(bytes);
        for (int batch = 0; batch < SUBJECTS; batch++) {
            parents.underWay(key(batch), true);
            parents.underWay(key(batch), false);
            store.figures(Group.settlement(key(batch), 1), Figures.none(), true, 5);
        }
        long before = bytes.walked();

        // When
        for (Group group : store.unsent(SUBJECTS)) {
            assertThat(store.samples(group, store.account(group).orElseThrow().count(), 100))
                    .isEmpty();
        }

        // Then
        assertThat(bytes.walked() - before).isLessThan(3 * SUBJECTS);
    }

    @Test
    void shouldFindWhoCountsBeforeTheFirstOneOfTheLastLook() {
        // Given
        store.count(GROUP, key(5), true, 5);
        store.count(GROUP, key(7), true, 5);
        store.samples(GROUP, count(), 10);

        // When
        store.count(GROUP, key(3), true, 6);
        store.count(GROUP, key(4), 1, 2, 6);
        store.countOrphan(GROUP, key(2), Optional.of(OrphanReason.DEADLINE_PASSED), 6);

        // Then
        assertThat(store.samples(GROUP, count(), 10)).containsExactly(key(2), key(3), key(4), key(5), key(7));
    }

    @Test
    void shouldFindWhoCountsAfterNobodyDid() {
        // Given
        assertThat(store.samples(GROUP, count(), 10)).isEmpty();

        // When
        store.count(GROUP, key(3), true, 6);

        // Then
        assertThat(store.samples(GROUP, count(), 10)).containsExactly(key(3));
    }

    private long count() {
        return store.account(GROUP).map(Account::count).orElse(0L);
    }

    private static String key(int subject) {
        return "record/university/declaration/" + (100_000 + subject);
    }
}
