package io.foundling.topology.store;

import io.foundling.audit.OrphanReason;
import io.foundling.audit.Status;
import io.foundling.audit.ViolationType;
import io.foundling.topology.lifecycle.Announcement;
import io.foundling.topology.lifecycle.AttemptSpan;
import io.foundling.topology.lifecycle.Collapsed;
import io.foundling.topology.lifecycle.CollapsedEnd;
import io.foundling.topology.lifecycle.CollapsedScope;
import io.foundling.topology.lifecycle.Deadline;
import io.foundling.topology.lifecycle.Declaration;
import io.foundling.topology.lifecycle.Disposition;
import io.foundling.topology.lifecycle.Emission;
import io.foundling.topology.lifecycle.Emitted;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactEvent;
import io.foundling.topology.lifecycle.FactNumbers;
import io.foundling.topology.lifecycle.FactTexts;
import io.foundling.topology.lifecycle.FactTime;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.lifecycle.FormerNumbers;
import io.foundling.topology.lifecycle.Limit;
import io.foundling.topology.lifecycle.Metadata;
import io.foundling.topology.lifecycle.MetadataValue;
import io.foundling.topology.lifecycle.RetentionTimes;
import io.foundling.topology.lifecycle.RunEnd;
import io.foundling.topology.lifecycle.Times;
import io.foundling.topology.lifecycle.Violation;
import io.foundling.topology.lifecycle.Wait;
import io.foundling.topology.lifecycle.WaitId;
import io.foundling.topology.lifecycle.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** States of subjects as the store sees them. */
final class Dispositions {

    /** Of versions that kept no append times, this takes the place of each. */
    private static final long NEWEST_MS = 1_767_600_000_500L;

    private Dispositions() {}

    /** Returns a state with nothing but a status and, unless it is NEVER, a time of removal. */
    static Disposition of(Status status, long removedAtMs) {
        Disposition none = Disposition.NONE;
        return new Disposition(
                none.facts(),
                none.collapsed(),
                status,
                1,
                none.metadata(),
                none.emitted(),
                none.newestAppendedAtMs(),
                new RetentionTimes(none.retention().statusReadAtMs(), removedAtMs, Times.NEVER));
    }

    /** Returns a state in which every field holds something. */
    static Disposition full() {
        UUID id = UUID.fromString("0190c1d2-0000-7000-8000-0000000000ff");
        Fact deferred = new Fact(
                FactType.DEFERRED,
                12,
                1_767_600_000_000L,
                new FactEvent(id, NEWEST_MS),
                "batch/university/declaration/b1",
                new Deadline(1_767_700_000_000L, 60_000L, "policy:declarations"),
                new FactTexts("2026-09", "nightly run", "", "", "", ""),
                FactNumbers.NONE);
        Fact extended = new Fact(
                FactType.EXTENDED,
                0,
                1_767_600_000_001L,
                new FactEvent(new UUID(1, -2), NEWEST_MS),
                "",
                new Deadline(1_767_800_000_000L, 0L, "extended"),
                new FactTexts("", "ŁÓDŹ", "", "", "", ""),
                FactNumbers.NONE);
        Fact failed = new Fact(
                FactType.FAILED,
                12,
                1_767_600_000_002L,
                new FactEvent(new UUID(-3, 4), NEWEST_MS),
                "",
                Deadline.NONE,
                new FactTexts("", "", "Rejected: not accepted", "", "", ""),
                FactNumbers.NONE);
        Warning mark = new Warning(
                new WaitId(12, Status.DEFERRED, 1),
                1_767_600_000_000L,
                new Limit(OrphanReason.DEADLINE_PASSED, new Deadline(1_767_700_000_000L, 60_000L, "dueAt"), ""),
                new Emission(1_767_700_070_000L, 1_767_700_060_001L, 0, Long.MIN_VALUE),
                "nightly run",
                Times.NEVER,
                false,
                false);
        Deadline closing = new Deadline(1_767_510_000_000L, 0L, "policy:submissions");
        Wait watch = new Wait(
                new WaitId(11, Status.PENDING, 0),
                new FactTime(1_767_500_000_000L, NEWEST_MS),
                new Limit(OrphanReason.PARENT_CLOSED, closing, ""),
                new FactTime(1_767_500_000_000L, NEWEST_MS),
                "",
                1_767_520_000_000L,
                false);
        Collapsed collapsed = new Collapsed(
                11,
                new CollapsedEnd(
                        "batch/university/declaration/b0",
                        Set.of(Status.RETRYING),
                        Optional.empty(),
                        Long.MIN_VALUE,
                        false,
                        Set.of()),
                1_767_400_000_000L,
                1_767_520_000_000L,
                new CollapsedScope(new Declaration(1_767_400_000_000L, Fact.NOT_SAID), new RunEnd(Status.FAILED, 2L)),
                List.of(
                        new AttemptSpan(10, Status.FAILED, 1L, 2L, List.of(), "", Announcement.BEGUN),
                        new AttemptSpan(11, Status.RETRYING, 3L, Times.NEVER, List.of(), "", Announcement.BEGUN)),
                List.of(watch),
                FormerNumbers.NONE);
        return new Disposition(
                List.of(deferred, extended, failed),
                collapsed,
                Status.FAILED,
                12,
                new Metadata(new TreeMap<>(Map.of("faculty", new MetadataValue("law", 1_767_600_000_000L, id)))),
                new Emitted(
                        List.of(mark),
                        Set.of(
                                new Violation.Identity(ViolationType.BACKWARD_TRANSITION, 12),
                                new Violation.Identity(ViolationType.METADATA_TRUNCATED, 0)),
                        List.of()),
                NEWEST_MS,
                new RetentionTimes(1_767_600_001_000L, 1_767_900_000_000L, Times.NEVER));
    }
}
