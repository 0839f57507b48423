package io.foundling.topology.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AlertType;
import io.foundling.audit.Status;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.account.MemberCount;
import io.foundling.topology.account.MemberResult;
import io.foundling.topology.harness.Names;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.Membership;
import io.foundling.topology.lifecycle.Times;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Keys of parents, members and groups that begin alike stay apart. Proves rules A6 and P6. */
final class ParentStoreTest {

    private final KeyValueStore<Bytes, byte[]> bytes =
            Stores.inMemoryKeyValueStore("test").get();
    private final ParentStore store = new ParentStore(bytes);

    private static Member member(String parent, String subject, int attempt) {
        Membership membership = new Membership(
                parent,
                attempt,
                List.of(1L),
                Status.UNKNOWN,
                Status.UNKNOWN,
                Times.NEVER,
                Times.NEVER,
                Announcement.BEGUN);
        return new Member(subject, membership, List.of());
    }

    private List<String> read(String parent, String after, int limit) {
        List<String> read = new ArrayList<>();
        store.readMembers(parent, after, found -> {
            read.add(found.subjectKey() + "#" + found.membership().attempt());
            return read.size() < limit;
        });
        return read;
    }

    @Test
    void shouldReadTheRepeatsAndCountsOfAMember() {
        // Given
        Membership membership = new Membership(
                "batch/s/t/1",
                2,
                List.of(1L, 5L, 9L),
                Status.UNKNOWN,
                Status.UNKNOWN,
                Times.NEVER,
                Times.NEVER,
                Announcement.NAMED);
        Member member = new Member(
                "record/s/t/1",
                membership,
                List.of(
                        new MemberCount(1, MemberResult.ORPHANED, Announcement.BEGUN),
                        new MemberCount(3, MemberResult.MOVED, Announcement.NAMED)));

        // When
        store.save(member);

        // Then
        assertThat(store.member("batch/s/t/1", "record/s/t/1", 2)).contains(member);
    }

    @Test
    void shouldReadTheMembersOfOneParentPageByPage() {
        // Given
        for (String parent : List.of("batch/s/t/1", "batch/s/t/10", "batch/s/t/1-", "batch/s/t/0")) {
            for (String subject : List.of("record/s/t/2", "record/s/t/1", "record/s/t/10")) {
                store.save(member(parent, subject, 2));
                store.save(member(parent, subject, 10));
            }
        }

        // When
        List<String> first = read("batch/s/t/1", "", 4);
        List<String> rest = read("batch/s/t/1", Member.key("record/s/t/10", 10), 100);

        // Then
        assertThat(first).containsExactly("record/s/t/1#2", "record/s/t/1#10", "record/s/t/10#2", "record/s/t/10#10");
        assertThat(rest).containsExactly("record/s/t/2#2", "record/s/t/2#10");
    }

    @Test
    void shouldSayWhetherThereAreMembersAtAll() {
        // Given
        store.save(member("batch/s/t/10", "record/s/t/1", 1));
        store.save("batch/s/t/1", Parenthood.NONE.named(3, true));

        // When / Then
        assertThat(store.hasMembers("batch/s/t/10")).isTrue();
        assertThat(store.hasMembers("batch/s/t/1")).isFalse();
        store.delete(member("batch/s/t/10", "record/s/t/1", 1));
        assertThat(store.hasMembers("batch/s/t/10")).isFalse();
    }

    @Test
    void shouldForgetAParentOfWhichNothingIsLeft() {
        // Given
        store.save("batch/s/t/1", Parenthood.NONE.named(3, true).named(70, true));

        // When
        store.save(
                "batch/s/t/1", store.parenthood("batch/s/t/1").named(3, false).named(70, false));
        store.save("batch/s/t/1", KnownParent.NONE);

        // Then
        assertThat(bytes.all().hasNext()).isFalse();
    }

    @Test
    void shouldCountWhoCountsInAGroupOnceAndKnowWhatWasNotSentWhenItIsOpenedAgain() {
        // Given
        AccountStore accounts = new AccountStore(bytes, 3, Names.limit());
        Group stage = Group.of(AlertType.ORPHANED, "s", "t");
        Group longer = Group.of(AlertType.ORPHANED, "s", "t2");

        // When
        accounts.count(stage, "record/s/t/2", true, 5);
        accounts.count(stage, "record/s/t/1", true, 6);
        accounts.count(stage, "record/s/t/1", true, 7);
        accounts.count(longer, "record/s/t2/1", true, 8);
        accounts.count(longer, "record/s/t2/0", false, 9);
        accounts.sent(longer);

        // Then
        AccountStore reopened = new AccountStore(bytes, 3, Names.limit());
        assertThat(reopened.unsent(10)).containsExactly(stage);
        assertThat(reopened.account(stage).orElseThrow().count()).isEqualTo(2);
        assertThat(reopened.account(stage).orElseThrow().changedAtMs()).isEqualTo(6);
        assertThat(reopened.samples(stage, 2, 10)).containsExactly("record/s/t/1", "record/s/t/2");
        assertThat(reopened.samples(stage, 2, 1)).containsExactly("record/s/t/1");
        assertThat(reopened.account(longer).orElseThrow().count()).isEqualTo(1);
    }
}
