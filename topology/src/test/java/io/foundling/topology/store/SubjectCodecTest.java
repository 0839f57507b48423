package io.foundling.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Status;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Chain;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Ending;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.RetentionTimes;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SubjectCodecTest {

    private final SubjectCodec codec = new SubjectCodec();

    @Test
    void shouldReadBackWhatItWrote() {
        // Given
        LedgerEntry entry = new LedgerEntry(Dispositions.full(), 1_768_000_000_000L, true, true, true);

        // When
        LedgerEntry read = codec.decode(codec.encode(entry));

        // Then
        assertThat(read).isEqualTo(entry);
    }

    /** What version 3 added is in no state that older versions wrote. */
    @Test
    void shouldReadBackWhatAFactSaysOfItsResultAndAChainOfExtensions() {
        // Given
        FactTexts texts = new FactTexts("", "", "", "", "record/s/t/1", "sha-1");
        FactNumbers numbers = FactNumbers.of(3, 7, Map.of("rows", 12L, "columns", -1L));
        Deadline extended = new Deadline(9, 0, "extended");
        Fact chain = new Fact(
                FactType.EXTENDED,
                0,
                6,
                new UUID(3, 4),
                "",
                extended,
                FactTexts.NONE,
                FactNumbers.NONE.with(new Chain(2, 1)));
        Fact fact = new Fact(FactType.COMPLETED, 1, 5, new UUID(1, 2), "", Deadline.NONE, texts, numbers);
        Disposition none = Disposition.NONE;
        Disposition state = new Disposition(
                List.of(fact, chain),
                none.collapsed(),
                Status.COMPLETED,
                1,
                none.metadata(),
                none.emitted(),
                none.newestAppendedAtMs(),
                none.retention());

        // When
        LedgerEntry read = codec.decode(codec.encode(new LedgerEntry(state, 5, false, state.isOrphan(), false)));

        // Then
        assertThat(read.state()).isEqualTo(state);
    }

    @Test
    void shouldReadBackWhenFactsWereAppendedWhyAWarningWasEmittedAndWhatTheParentEnded() {
        // Given
        Disposition full = Dispositions.full();
        Fact fact = full.facts().get(0);
        Fact late = new Fact(
                fact.type(),
                fact.attempt(),
                fact.occurredAtMs(),
                new FactEvent(fact.eventId(), 77),
                fact.parent(),
                fact.deadline(),
                fact.texts(),
                fact.numbers());
        Warning mark = full.warnings().get(0);
        Warning delayed = new Warning(
                mark.id(),
                mark.enteredAtMs(),
                mark.limit(),
                new Emission(4, 3, 2, 1, 5),
                mark.waitingOn(),
                mark.recoveredAtMs(),
                mark.restarted(),
                true);
        Disposition state = new Disposition(
                List.of(late),
                full.collapsed(),
                full.status(),
                full.attempt(),
                full.metadata(),
                new Emitted(List.of(delayed), full.reported(), List.of(new Ending("batch/s/t/b1", 4, 5))),
                full.newestAppendedAtMs(),
                new RetentionTimes(1, 2, 3));

        // When
        LedgerEntry read = codec.decode(codec.encode(new LedgerEntry(state, 0, true, state.isOrphan(), false)));

        // Then
        assertThat(read.state()).isEqualTo(state);
    }

    @Test
    void shouldReadBackWhereAFactStaysWhatACollapsedAttemptHeldAndWhatRestarted() {
        // Given
        Disposition full = Dispositions.full();
        Fact fact = full.facts().get(1);
        Fact kept = new Fact(
                fact.type(),
                -12,
                fact.occurredAtMs(),
                fact.event(),
                fact.parent(),
                fact.deadline(),
                fact.texts(),
                fact.numbers());
        Collapsed none = full.collapsed();
        Wait wait = none.waits().get(0);
        Collapsed collapsed = new Collapsed(
                none.throughAttempt(),
                new CollapsedEnd(
                        "batch/s/t/1",
                        Set.of(Status.PENDING, Status.COMPLETED, Status.FAILED),
                        Optional.of(FactType.COMPLETED),
                        77,
                        true,
                        Set.of(Status.PENDING)),
                none.firstOccurredAtMs(),
                none.lastOccurredAtMs(),
                new CollapsedScope(new Declaration(5, 86_400_000), new RunEnd(Status.COMPLETED, 6)),
                List.of(new AttemptSpan(
                        11, Status.DEFERRED, 3, Times.NEVER, List.of(4L, 5L), "batch/s/t/1", Announcement.NAMED)),
                List.of(new Wait(
                        wait.id(),
                        wait.entered(),
                        wait.limit(),
                        wait.given(),
                        wait.waitingOn(),
                        wait.leftAtMs(),
                        true)),
                new FormerNumbers(3, 4, 5));
        Warning mark = full.warnings().get(0);
        Warning restarted = new Warning(
                mark.id(), mark.enteredAtMs(), mark.limit(), mark.emission(), mark.waitingOn(), 99, true, false);
        Disposition state = new Disposition(
                List.of(kept),
                collapsed,
                full.status(),
                full.attempt(),
                full.metadata(),
                new Emitted(List.of(restarted), full.reported(), full.endings()),
                full.newestAppendedAtMs(),
                full.retention());

        // When
        LedgerEntry read = codec.decode(codec.encode(new LedgerEntry(state, 0, true, state.isOrphan(), false)));

        // Then
        assertThat(read.state()).isEqualTo(state);
    }

    @Test
    void shouldReadBackASubjectOfWhichNothingIsKnown() {
        // When
        LedgerEntry read = codec.decode(codec.encode(LedgerEntry.NONE));

        // Then
        assertThat(read).isEqualTo(LedgerEntry.NONE);
    }

    @Test
    void shouldStoreTwoFactsInAtMost120Bytes() {
        // Given
        Fact deferred = new Fact(
                FactType.DEFERRED,
                0,
                1_767_600_000_000L,
                new FactEvent(UUID.fromString("019b8d2b-8c00-7abc-8def-0123456789ab"), 1_767_600_000_100L),
                "batch/university/declaration/b1",
                new Deadline(1_767_700_000_000L, 60_000, "policy:declarations"),
                FactTexts.NONE,
                FactNumbers.NONE);
        Fact completed = new Fact(
                FactType.COMPLETED,
                0,
                1_767_600_900_000L,
                new FactEvent(UUID.fromString("019b8d39-47a0-7abc-8def-0123456789ab"), 1_767_600_900_100L),
                "",
                Deadline.NONE,
                FactTexts.NONE,
                FactNumbers.of(Fact.NOT_SAID, 1_234, Map.of()));
        Disposition none = Disposition.NONE;
        Disposition state = new Disposition(
                List.of(deferred, completed),
                none.collapsed(),
                Status.COMPLETED,
                1,
                none.metadata(),
                none.emitted(),
                1_767_600_900_100L,
                new RetentionTimes(1_767_600_900_110L, Times.NEVER, Times.NEVER));

        // When
        byte[] stored = codec.encode(new LedgerEntry(state, 1_777_600_900_100L, true, false, false));

        // Then
        assertThat(stored).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void shouldReadBackTimesAtTheEndsOfTheRangeAndMoreTextsThanItNumbers() {
        // Given
        List<Fact> facts = new ArrayList<>();
        long[] times = {
            Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1, Long.MAX_VALUE
        };
        for (int number = 0; number < 64; number++) {
            long timeMs = times[number % times.length];
            facts.add(new Fact(
                    FactType.EXTENDED,
                    -number,
                    timeMs,
                    new FactEvent(
                            new UUID(number % 2 == 0 ? number : number << 16 | 0x7000, -number),
                            times[(number + 3) % times.length]),
                    "batch/s/t/" + number % 40,
                    new Deadline(times[(number + 5) % times.length], 0, "extended"),
                    FactTexts.ofDetail("detail " + number),
                    FactNumbers.NONE));
        }
        Disposition none = Disposition.NONE;

        for (long newestMs : times) {
            Disposition state = new Disposition(
                    facts,
                    none.collapsed(),
                    Status.UNKNOWN,
                    0,
                    none.metadata(),
                    none.emitted(),
                    newestMs,
                    new RetentionTimes(newestMs, 1, 2));

            // When
            LedgerEntry read = codec.decode(codec.encode(new LedgerEntry(state, newestMs, true, false, false)));

            // Then
            assertThat(read.state()).isEqualTo(state);
            assertThat(read.indexedAtMs()).isEqualTo(newestMs);
        }
    }

    @Test
    void shouldRefuseAVersionThatItDoesNotKnow() {
        // Given
        byte[] newer = codec.encode(LedgerEntry.NONE);
        newer[0] = 6;

        // When / Then
        assertThatThrownBy(() -> codec.decode(newer))
                .isInstanceOf(NewerFormException.class)
                .hasMessageContaining("version 6")
                .hasMessageContaining("1 to 5");
        newer[0] = 5 + 9;
        assertThatThrownBy(() -> codec.decode(newer)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(new byte[0])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseEveryTruncation() {
        // Given
        byte[] whole = codec.encode(new LedgerEntry(Dispositions.full(), 0, true, true, true));

        // When / Then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(codec.decode(whole).state()).isEqualTo(Dispositions.full());
    }

    @Test
    void shouldRefuseADamagedLengthWithoutAllocatingIt() {
        // Given
        byte[] asAvro = {1, 2, -2, -1, -1, -1, 15, 0, 0};
        byte[] compact = {4, 0, 0, 0, 0, 0, 0, -2, -1, -1, -1, 15, 0};

        // When / Then
        assertThatThrownBy(() -> codec.decode(asAvro)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> codec.decode(compact))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be in 13 bytes");
    }
}
