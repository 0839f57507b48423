package io.foundling.topology.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.topology.harness.Names;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.store.StoreKeys;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** An account that many members change is written once, and the account in memory equals the stored one. */
final class StoredAccountsTest {

    private static final Group GROUP = Group.settlement("batch/s/t/1", 1);

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("test").get();
    private final AccountStore accounts = accounts();

    private AccountStore accounts() {
        return new AccountStore(bytes, 0, Names.limit());
    }

    @Test
    void shouldWriteAnAccountAfterAllMembersAreCounted() {
        // When
        int counted = accounts.countTogether(() -> {
            count(3);
            assertThat(stored()).isEmpty();
            return 3;
        });

        // Then
        assertThat(counted).isEqualTo(3);
        assertThat(accounts.account(GROUP)).isEqualTo(stored());
        assertThat(stored().flatMap(Account::settlement).map(Figures::deferred)).contains(3L);
        assertThat(accounts().isUnsent(GROUP)).isTrue();
    }

    @Test
    void shouldWriteAtOnceWhatIsCountedAlone() {
        // When
        count(1);

        // Then
        assertThat(stored().flatMap(Account::settlement).map(Figures::deferred)).contains(1L);
    }

    @Test
    void shouldForgetWhatWasCountedBeforeAFailure() {
        // Given
        count(1);

        // When
        assertThatThrownBy(() -> accounts.countTogether(() -> {
                    count(2);
                    throw new IllegalStateException("the third fails");
                }))
                .hasMessage("the third fails");

        // Then
        assertThat(stored().flatMap(Account::settlement).map(Figures::deferred)).contains(1L);
        assertThat(accounts.account(GROUP).flatMap(Account::settlement).map(Figures::deferred))
                .contains(1L);
    }

    @Test
    void shouldNotWriteWhatWasForgotten() {
        // When
        accounts.countTogether(() -> {
            count(2);
            accounts.forget(GROUP);
            return 0;
        });

        // Then
        assertThat(stored()).isEmpty();
        assertThat(accounts.account(GROUP)).isEmpty();
    }

    @Test
    void shouldWriteAllThatChangedTogetherThoughTheyAreMoreThanAreKept() {
        // When
        accounts.countTogether(() -> {
            for (int attempt = 1; attempt <= 1_000; attempt++) {
                accounts.figures(Group.settlement("batch/s/t/1", attempt), Figures.none(), true, 1);
            }
            return 0;
        });

        // Then
        assertThat(accounts().unsent(2_000)).hasSize(1_000);
    }

    private void count(int members) {
        for (int member = 0; member < members; member++) {
            Figures before =
                    accounts.account(GROUP).flatMap(Account::settlement).orElse(Figures.none());
            accounts.figures(GROUP, before.counted(MemberResult.COMPLETED, Announcement.BEGUN, 1), true, 1);
        }
    }

    /** Returns what another life of the task would read. */
    private Optional<Account> stored() {
        return bytes.get(StoreKeys.account(GROUP.key())) == null
                ? Optional.empty()
                : accounts().account(GROUP);
    }
}
