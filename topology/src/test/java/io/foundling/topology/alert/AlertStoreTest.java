package io.foundling.topology.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.topology.account.Account;
import io.foundling.topology.lifecycle.Times;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What the store of the alerts task finds again. Proves rules A6 and A7. */
final class AlertStoreTest {

    private static final String ONE = "orphaned/university/1";
    private static final String TEN = "orphaned/university/10";

    private final KeyValueStore<Bytes, byte[]> inner =
            Stores.inMemoryKeyValueStore("alerts").get();
    private final AlertStore store = new AlertStore(inner);

    @Test
    void shouldReplaceTheFormerAccountOfAGroupAndPartition() {
        // Given
        store.take(account(ONE, 0, 1), 5);
        store.take(account(ONE, 256, 2), 5);
        store.take(account(TEN, 0, 9), 5);

        // When
        store.take(account(ONE, 0, 3), 6);

        // Then
        assertThat(store.accounts(ONE)).containsExactly(account(ONE, 0, 3), account(ONE, 256, 2));
        assertThat(store.accounts(TEN)).containsExactly(account(TEN, 0, 9));
    }

    @Test
    void shouldHaveOneEntryOfAGroupInTheIndexHoweverManyAccountsCome() {
        // Given
        store.take(account(ONE, 0, 1), 5);
        store.take(account(ONE, 1, 1), 6);
        store.take(account(ONE, 0, 2), 4);

        // When
        List<String> due = store.due(4, 10);

        // Then
        assertThat(due).containsExactly(ONE);
    }

    @Test
    void shouldBeDueExactlyAtItsTime() {
        // Given
        store.take(account(ONE, 0, 1), 5);
        store.due(5, 10);
        lookAt(ONE, 100);
        store.looked(5);

        // When / Then
        assertThat(store.isAnyDue(99)).isFalse();
        assertThat(store.due(99, 10)).isEmpty();
        assertThat(store.isAnyDue(100)).isTrue();
        assertThat(store.due(100, 10)).containsExactly(ONE);
    }

    @Test
    void shouldReturnTheRestTheNextTimeWhenMoreAreDueThanTheLimit() {
        // Given
        store.take(account(TEN, 0, 1), 5);
        store.take(account(ONE, 0, 1), 6);
        List<String> first = store.due(7, 1);
        lookAt(TEN, Times.NEVER);
        store.looked(7);

        // When
        List<String> second = store.due(7, 1);

        // Then
        assertThat(first).containsExactly(TEN);
        assertThat(second).containsExactly(ONE);
    }

    @Test
    void shouldFindWhatIsDueAfterARestart() {
        // Given
        store.take(account(ONE, 0, 1), 5);
        AlertStore restarted = new AlertStore(inner);

        // When
        List<String> due = restarted.due(5, 10);

        // Then
        assertThat(restarted.isAnyDue(Long.MIN_VALUE)).isFalse();
        assertThat(due).containsExactly(ONE);
    }

    @Test
    void shouldHoldNothingOfAGroupThatIsForgotten() {
        // Given
        store.take(account(ONE, 0, 1), 5);
        store.take(account(ONE, 7, 1), 5);
        store.take(account(TEN, 7, 1), 5);

        // When
        store.forget(ONE, store.group(ONE, 0).orElseThrow());

        // Then
        assertThat(store.accounts(ONE)).isEmpty();
        assertThat(store.group(ONE, 0)).isEmpty();
        assertThat(store.due(5, 10)).containsExactly(TEN);
        assertThat(store.accounts(TEN)).hasSize(1);
    }

    private void lookAt(String group, long ms) {
        GroupState before = store.group(group, 0).orElseThrow();
        store.save(group, before, before.lookAt(ms));
    }

    private static Account account(String group, int partition, long count) {
        return new Account(group, partition, count, 0, List.of("a"), false, 0, Optional.empty());
    }
}
