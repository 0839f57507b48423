package io.foundling.bench.ledger;

import io.foundling.local.ChildJvm;
import io.foundling.local.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;

/** One contender reads all events: it is started, watched from outside, checked and ended. */
final class ContenderRun {

    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(3);

    /** Beyond its deadline, a subject is an orphan after the allowed lag and a sweep. */
    private static final Duration SWEPT = Duration.ofSeconds(8);

    private static final Map<String, String> OUTPUT = Map.of(
            "cleanup.policy", "compact",
            "message.timestamp.type", "LogAppendTime",
            "segment.bytes", "134217728");

    private final LedgerLab lab;
    private final LedgerPlan plan;
    private final LedgerContender contender;
    private final Place place;
    private final Offsets offsets;
    private ChildJvm process;

    ContenderRun(LedgerLab lab, LedgerPlan plan, LedgerContender contender, int round) {
        this.lab = lab;
        this.plan = plan;
        this.contender = contender;
        this.place = Place.of(lab, contender, round);
        this.offsets = new Offsets(lab.admin());
    }

    /**
     * Runs it to its end.
     *
     * @param loaded when the last event was written
     * @throws BenchFailure if the contender ends or makes no progress, or its result is wrong
     */
    LedgerFigures run(Instant loaded, OutputGuard guard) throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(place.directory());
        createTopics();
        process = ChildJvm.start(place.directory(), place.log(), contender.program(place, plan));
        try {
            Mark begin = mark(0);
            Mark first = awaitCommitted(plan.events() / 2);
            // Few events may all be in one commit.
            Mark half = first.committed() < plan.events() ? first : begin;
            Recording recording = Recording.start(process.pid(), place, plan);
            Mark end = awaitCommitted(plan.events());
            recording.print(contender);
            Mark quiet = contender.keepsStates() ? awaitQuiet(loaded) : end;
            double peak = ProcessCpu.peakMib(process.pid());
            process.close();
            guard.check(contender, place, quiet.ends());
            return figures(half, end, quiet, peak);
        } finally {
            process.close();
            offsets.delete(place::owns);
            DirectoryTree.delete(place.directory());
        }
    }

    private LedgerFigures figures(Mark half, Mark end, Mark quiet, double peak) {
        TopicReader reader = new TopicReader(place.bootstrapServers());
        long events = end.committed() - half.committed();
        double millions = events / 1e6;
        return new LedgerFigures(
                events / half.secondsTo(end),
                half.cpuTo(end) / millions,
                half.brokerCpuTo(end) / millions,
                end.cpuTo(quiet) / (plan.events() / 1e6),
                PerEvent.of(reader.count(half.ends(), end.ends(), Place::isChangelog), events),
                PerEvent.of(reader.count(half.ends(), end.ends(), topic -> !Place.isChangelog(topic)), events),
                peak);
    }

    private void createTopics() throws InterruptedException, ExecutionException {
        if (contender != LedgerContender.FOUNDLING) {
            NewTopic output = new NewTopic(place.output(), LedgerLab.PARTITIONS, (short) 1).configs(OUTPUT);
            lab.admin().createTopics(List.of(output)).all().get();
            return;
        }
        try (ChildJvm apply = ChildJvm.start(place.directory(), place.log(), FoundlingProgram.applyTopics(place))) {
            if (apply.awaitExit(Duration.ofMinutes(2)) != 0) {
                throw failed("cannot create its topics");
            }
        }
    }

    /** Returns a mark within which nothing was committed: its parts are read one after another. */
    private Mark awaitCommitted(long events) {
        long seen = 0;
        Patience patience = Patience.of(WITHOUT_PROGRESS);
        while (true) {
            long committed = committed();
            if (committed >= events) {
                Mark mark = mark(committed);
                if (committed() == committed) {
                    return mark;
                }
            }
            if (committed > seen) {
                seen = committed;
                patience = Patience.of(WITHOUT_PROGRESS);
            }
            if (!process.isAlive()) {
                throw failed("ended by itself");
            }
            if (patience.isOver()) {
                throw failed("has stood still at event " + committed + " of " + plan.events());
            }
            patience.pause();
        }
    }

    /**
     * Returns how many events have been dealt with. Flink's source writes its position of a checkpoint up to ten seconds
     * after it, so its outputs are counted, of which there is one for each event, and a mark for each checkpoint.
     */
    private long committed() {
        long found = contender.runsOnFlink()
                ? offsets.ends(place.output()::equals).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : offsets.committed(place.name());
        return Math.min(found, plan.events());
    }

    /** Waits until everything that became due was written. */
    private Mark awaitQuiet(Instant loaded) {
        Instant due = loaded.plus(plan.window()).plus(SWEPT);
        Mark last = mark(plan.events());
        Patience quiet = Patience.of(contender.quiet());
        while (Instant.now().isBefore(due) || !quiet.isOver()) {
            quiet.pause();
            Mark now = mark(plan.events());
            if (!now.written(place).equals(last.written(place))) {
                last = now;
                quiet = Patience.of(contender.quiet());
            }
        }
        return last;
    }

    private Mark mark(long committed) {
        return new Mark(
                System.nanoTime(),
                ProcessCpu.of(process.pid()),
                ProcessCpu.of(lab.brokerPid()),
                committed,
                offsets.ends(place::owns));
    }

    private BenchFailure failed(String what) {
        try {
            List<String> log = Files.readAllLines(place.log());
            List<String> tail = log.subList(Math.max(0, log.size() - 30), log.size());
            return new BenchFailure(
                    contender.label() + " " + what + ". Its log ends with:\n" + String.join("\n", tail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
