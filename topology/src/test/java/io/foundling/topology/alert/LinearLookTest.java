package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.account.Account;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.store.TombstoneStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The alerts task walks over what it looks at, whatever it looked at before. Proves rule A7. */
final class LinearLookTest {

    private static final int GROUPS = 20_000;
    private static final int PAGE = 100;

    private final TombstoneStore bytes = new TombstoneStore();
    private final AlertStore store = new AlertStore(bytes);

    @Test
    void shouldWalkOverEachGroupAboutOnceWhenAllChangedAtOneInstant() {
        // Given
        for (int group = 0; group < GROUPS; group++) {
            store.take(account(group), 5);
        }
        long before = bytes.walked();

        // When
        int looks = 0;
        while (store.isAnyDue(6)) {
            look(6, PAGE);
            looks++;
        }

        // Then
        assertThat(looks).isBetween(GROUPS / PAGE, GROUPS / PAGE + 1);
        assertThat(bytes.walked() - before).isLessThan(2 * GROUPS);
    }

    /** Groups that change each second for an hour, and a turn that ends before all of them were looked at. */
    @Test
    void shouldWalkOverNoFormerLooksWhenItsTimeIsUp() {
        // Given
        for (int second = 0; second < 3_600; second++) {
            store.take(account(1), second * 1_000);
            store.take(account(2), second * 1_000);
            look(second * 1_000, PAGE);
        }
        long before = bytes.walked();

        // When
        store.take(account(1), 3_600_000);
        store.take(account(2), 3_600_000);
        look(3_600_000, 1);
        List<String> second = look(3_601_000, PAGE);

        // Then
        assertThat(second).containsExactly("orphaned/s/100002");
        assertThat(bytes.walked() - before).isLessThan(20);
    }

    /** Proves rule A7. */
    @Test
    void shouldLookAtAllThatWasLeftWhenItsTimeWasUp() {
        // Given
        for (int group = 0; group < PAGE; group++) {
            store.take(account(group), 5);
        }
        List<String> looked = new ArrayList<>(look(5, 1));

        // When
        for (int second = 1; store.isAnyDue(5 + second * 1_000); second++) {
            looked.addAll(look(5 + second * 1_000, 7));
        }

        // Then
        assertThat(looked).hasSize(PAGE).doesNotHaveDuplicates();
    }

    @Test
    void shouldWalkOverNoFormerLooksAfterARestart() {
        // Given
        for (int second = 0; second < 3_600; second++) {
            store.take(account(1), second * 1_000);
            look(second * 1_000, PAGE);
        }
        long before = bytes.walked();

        // When
        AlertStore restarted = new AlertStore(bytes);
        restarted.take(account(1), 3_600_000);
        List<String> due = restarted.due(3_600_000, PAGE);

        // Then
        assertThat(due).hasSize(1);
        assertThat(bytes.walked() - before).isLessThan(20);
    }

    @Test
    void shouldLookAtAGroupInTimeWhenTheWallClockWasSetBack() {
        // Given
        store.take(account(1), 86_400_000);
        look(86_400_000, PAGE);

        // When
        store.take(account(2), 5);

        // Then
        assertThat(store.due(5, PAGE)).containsExactly("orphaned/s/100002");
    }

    /** Looks at what is due, and leaves the rest once it has looked at as many as its time allows. */
    private List<String> look(long nowMs, int allowed) {
        List<String> looked = new ArrayList<>();
        for (String group : store.due(nowMs, PAGE)) {
            if (looked.size() < allowed) {
                GroupState before = store.group(group, 0).orElseThrow();
                store.save(group, before, before.lookAt(Times.NEVER));
                looked.add(group);
            }
        }
        store.looked(nowMs);
        return looked;
    }

    private static Account account(int group) {
        return new Account("orphaned/s/" + (100_000 + group), 0, 1, 0, List.of("a"), false, 0, Optional.empty());
    }
}
