package io.foundling.topology.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.TombstoneStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A parent's last member is found without walking over all that were forgotten. Proves rules P1 and R4. */
final class LinearForgettingTest {

    private static final int MEMBERS = 30_000;
    private static final String EXPORT = "export/university/declaration/e1";
    private static final String LONGER = "export/university/declaration/e10";

    private final TombstoneStore bytes = new TombstoneStore();
    private final ParentStore store = new ParentStore(bytes);

    @Test
    void shouldWalkOverNoForgottenMembersWhenOneAfterTheOtherIsForgotten() {
        // Given
        for (int member = 0; member < MEMBERS; member++) {
            store.save(member(EXPORT, member));
        }
        long before = bytes.walked();

        // When
        List<Integer> last = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            store.delete(member(EXPORT, member));
            if (!store.hasMembers(EXPORT)) {
                last.add(member);
            }
        }

        // Then
        assertThat(last).containsExactly(MEMBERS - 1);
        assertThat(bytes.walked() - before).isLessThan(3 * MEMBERS);
    }

    /** A parent that has one member at a time, whose keys have no order. */
    @Test
    void shouldWalkOverNoForgottenMembersWhenAParentHasOneAtATime() {
        // When
        for (int member = 0; member < MEMBERS; member++) {
            int shuffled = member * 7_919 % MEMBERS;
            assertThat(store.hasMembers(EXPORT)).isFalse();
            store.save(member(EXPORT, shuffled));
            store.delete(member(EXPORT, shuffled));
        }

        // Then
        assertThat(bytes.walked()).isLessThan(3 * MEMBERS);
    }

    @Test
    void shouldGoOnAfterARestart() {
        // Given
        store.save(member(EXPORT, 1));
        store.save(member(EXPORT, 2));
        store.save(member(EXPORT, 2));
        store.save(member(LONGER, 3));

        // When
        ParentStore restarted = new ParentStore(bytes);
        restarted.delete(member(EXPORT, 1));
        restarted.delete(member(EXPORT, 1));
        boolean afterOne = restarted.hasMembers(EXPORT);
        restarted.delete(member(EXPORT, 2));

        // Then
        assertThat(afterOne).isTrue();
        assertThat(restarted.hasMembers(EXPORT)).isFalse();
        assertThat(restarted.hasMembers(LONGER)).isTrue();
    }

    /** Earlier versions stored members and did not count them. */
    @Test
    void shouldCountTheMembersThatAnEarlierVersionStored() {
        // Given
        for (String parent : List.of("batch/s/t/1", EXPORT, LONGER, "scope/s/t/1")) {
            store.save(member(parent, 1));
            store.save(member(parent, 2));
            bytes.delete(StoreKeys.memberCount(parent));
        }

        // When
        ParentStore reopened = new ParentStore(bytes);

        // Then
        for (String parent : List.of("batch/s/t/1", EXPORT, LONGER, "scope/s/t/1")) {
            reopened.delete(member(parent, 1));
            assertThat(reopened.hasMembers(parent)).isTrue();
            reopened.delete(member(parent, 2));
            assertThat(reopened.hasMembers(parent)).isFalse();
        }
    }

    private static Member member(String parentKey, int member) {
        Membership membership = new Membership(
                parentKey,
                1,
                List.of(1L),
                Status.UNKNOWN,
                Status.UNKNOWN,
                Times.NEVER,
                Times.NEVER,
                Announcement.BEGUN);
        String subjectKey = "record/university/declaration/" + (100_000 + member);
        return new Member(subjectKey, membership, List.of());
    }
}
