package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredParent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

final class StateRepairTest {

    private static final TaskId TASK = new TaskId(0, 1);
    private static final TaskId OTHER = new TaskId(0, 2);
    private static final StreamsException DAMAGE = failure(Status.Code.Corruption, "block checksum mismatch");

    private final AtomicInteger repairs = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final StateRepair repair =
            new StateRepair(new StateDirectory(Path.of("/state")), repairs::incrementAndGet, () -> now);

    @ParameterizedTest
    @CsvSource({
        "Corruption, truncated record body, true",
        "IOError, No such file or directory: While open a file for random read: 000009.sst, true",
        "IOError, No space left on device: While appending to file, false",
        "IOError, Input/output error: While pread, false",
        "Busy, , false"
    })
    void shouldTellDamageFromADiskThatFails(Status.Code code, String words, boolean damage) {
        StreamsException failure = failure(code, words);

        StreamsException thrown = repair.whileOpening(TASK, false, failure);

        assertThat(thrown instanceof TaskCorruptedException).isEqualTo(damage);
        assertThat(thrown == failure).isEqualTo(!damage);
        assertThat(repairs).hasValue(damage ? 1 : 0);
    }

    @Test
    void shouldCountTheSameDamageOnceUntilTheStoreIsOpenAgain() {
        repair.whileOpening(TASK, false, DAMAGE);
        repair.whileInUse(TASK, DAMAGE);

        assertThat(repair.whileOpening(TASK, false, DAMAGE)).isInstanceOf(TaskCorruptedException.class);
        assertThat(repairs).hasValue(1);
    }

    @Test
    void shouldNotRestoreATaskTwiceInARun() {
        repair.whileInUse(TASK, DAMAGE);
        repair.opened(TASK);

        assertThat(repair.whileInUse(TASK, DAMAGE))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("the state of task 0_1 in /state was damaged again after it had been restored"
                        + " (RocksDBException: block checksum mismatch)");
        assertThat(repair.whileInUse(OTHER, DAMAGE)).isInstanceOf(DamagedStateException.class);
        assertThat(repairs).hasValue(2);
    }

    @Test
    void shouldRestoreATaskOnceForAnEntryAndOnceAnHour() {
        assertThat(repair.restores(TASK, key("a"))).isTrue();
        assertThat(repair.restores(TASK, key("a"))).isFalse();
        assertThat(repair.restores(TASK, key("b"))).isFalse();
        assertThat(repair.restores(OTHER, key("a"))).isTrue();

        now = now.plus(1, ChronoUnit.HOURS);
        assertThat(repair.restores(TASK, key("a"))).isFalse();
        assertThat(repair.restores(TASK, key("b"))).isTrue();
        assertThat(repair.restores(TASK, key("c"))).isFalse();
        assertThat(repairs).hasValue(3);
    }

    @Test
    void shouldReplaceTheThreadThatMetADamagedEntryAndStopWhenANewerBuildHasWrittenIt() {
        StoredEntries entries = new StoredEntries(
                Stores.inMemoryKeyValueStore("ledger-store").get(),
                TASK,
                key -> "subject",
                repair,
                () -> 0,
                true,
                (kind, count) -> {});
        StreamsException damaged = catchThrowableOfType(
                StreamsException.class,
                () -> entries.read(key("a"), new byte[] {1}, new VersionedCodec<>(StoredParent.class)::decode, null));
        StreamsException newer = catchThrowableOfType(
                StreamsException.class,
                () -> entries.read(key("a"), new byte[] {2}, new VersionedCodec<>(StoredParent.class)::decode, null));

        assertThat(repair.verdict(new StreamsException(damaged))).isInstanceOf(StateVerdict.Restorable.class);
        assertThat(repair.verdict(new StreamsException(newer)))
                .isInstanceOfSatisfying(
                        StateVerdict.Unusable.class,
                        verdict -> assertThat(verdict.why().getMessage())
                                .contains(
                                        "ledger-store of task 0_1",
                                        "version 2",
                                        "reads version 1",
                                        "start that build again"));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNotTakeAStoreThatWasEmptyForDamaged() {
        assertThat(repair.whileOpening(TASK, true, DAMAGE)).isInstanceOf(UnusableStateException.class);
        assertThat(repairs).hasValue(0);
    }

    @Test
    void shouldReplaceTheThreadWhenDamageIsMetWhileAChangelogIsRead() {
        StreamsException failure = new StreamsException("restore failed", DAMAGE, TASK);

        assertThat(repair.verdict(failure)).isInstanceOf(StateVerdict.Restorable.class);
        assertThat(repairs).hasValue(1);
    }

    @Test
    void shouldStopWithTheSentenceWhenTheDiskIsFull() {
        assertThat(sentence(failure(Status.Code.IOError, "No space left on device: While appending to file")))
                .startsWith("no space is left in /state")
                .contains("stateDirectory");
    }

    @Test
    void shouldStopWithTheSentenceWhenTheDiskHasBecomeReadOnly() {
        assertThat(sentence(failure(Status.Code.IOError, "Read-only file system: While open a file for appending")))
                .startsWith("/state cannot be written to (RocksDBException: Read-only file system")
                .contains("mount it writable");
    }

    @Test
    void shouldStopWhenAnotherProcessHasTheName() {
        assertThat(sentence(new FencedInstanceIdException("fenced")))
                .startsWith("another process joined under the name of this instance");
    }

    @Test
    void shouldLeaveWhatHasNothingToDoWithState() {
        assertThat(repair.verdict(new StreamsException("the broker said no")))
                .isInstanceOf(StateVerdict.Unconcerned.class);
    }

    private String sentence(RuntimeException failure) {
        StateVerdict verdict = repair.verdict(new StreamsException(failure));
        assertThat(verdict).isInstanceOf(StateVerdict.Unusable.class);
        return ((StateVerdict.Unusable) verdict).why().getMessage();
    }

    private static StreamsException failure(Status.Code code, String words) {
        Status status = new Status(code, Status.SubCode.None, words);
        return new ProcessorStateException("Error in store", new RocksDBException(words == null ? "" : words, status));
    }
}
