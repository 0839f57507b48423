package io.foundling.console.acts;

import io.foundling.audit.Disposition;
import io.foundling.audit.Subject;
import io.foundling.client.AuditRecorder;
import io.foundling.console.access.Caller;
import io.foundling.console.acts.ActListener.Outcome;
import io.foundling.console.acts.Progress.State;
import io.foundling.console.acts.Recording.Recorded;
import io.foundling.console.acts.Recording.Unrecorded;
import io.foundling.console.model.query.Queries;
import io.foundling.console.web.ProblemException;
import io.foundling.schemas.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What operators do: to one subject at once, or to all that a filter lists, in two steps. Each call checks the caller's
 * roles and sources, and throws a {@link ProblemException} with a sentence if it cannot be done. Texts are checked
 * before, by {@link ActTexts}. Any thread.
 */
public final class Acts implements AutoCloseable {

    private static final int SAMPLE = 10;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String RETRY_AFTER_S = "5";

    private final ActSettings settings;
    private final Queries queries;
    private final InstantSource clock;
    private final ActListener listener;
    private final ActEvents events;
    private final Targets targets;
    private final ActRecorder recorder;
    private final BulkActs bulk;

    /**
     * @param recorders makes that of a source topic; its calls return once the broker has acknowledged, or within a
     *     limit
     */
    public Acts(
            ActSettings settings,
            Queries queries,
            Function<String, AuditRecorder> recorders,
            InstantSource clock,
            ActListener listener) {
        this.settings = settings;
        this.queries = queries;
        this.clock = clock;
        this.listener = listener;
        events = new ActEvents(settings.producer(), clock);
        targets = new Targets(queries, settings.sources());
        recorder = new ActRecorder(recorders);
        bulk = new BulkActs(clock);
    }

    /** Acts on one subject, and returns what was recorded. */
    public Recorded act(Instruction instruction, String key) {
        ActRules.checkCaller(instruction);
        Subject subject = SubjectKey.parse(key);
        ActRules.checkSource(instruction.caller(), subject.getSource());
        Optional<Disposition> known = targets.known(key);
        ActRules.checkSubject(instruction.act(), key, known, () -> targets.hasEvents(key));
        Recording recording = record(instruction, key, known);
        boolean isRecorded = recording instanceof Recorded;
        listener.acted(instruction.act().name(), isRecorded ? Outcome.RECORDED : Outcome.FAILED);
        if (recording instanceof Unrecorded unrecorded) {
            throw unrecorded(instruction, unrecorded);
        }
        return (Recorded) recording;
    }

    private Recording record(Instruction instruction, String key, Optional<Disposition> known) {
        return recorder.record(targets.topic(key), events.of(instruction, SubjectKey.parse(key), known));
    }

    private static ProblemException unrecorded(Instruction instruction, Unrecorded unrecorded) {
        return unrecorded.mayRepeat()
                ? ProblemException.of(
                                503,
                                "The broker did not acknowledge the act: " + unrecorded.reason()
                                        + "; it may have taken it nevertheless, and a repeat with the id "
                                        + instruction.id() + " changes nothing then")
                        .header(RETRY_AFTER, RETRY_AFTER_S)
                : ProblemException.of(422, "The act was not recorded: " + unrecorded.reason());
    }

    /**
     * Counts what a filter lists, and returns an act on it that waits to be confirmed; or the one with this id that
     * runs.
     */
    public BulkAct propose(Instruction instruction, ActFilter filter) {
        ActRules.checkCaller(instruction);
        ActRules.checkFilter(instruction.act(), filter);
        Optional<BulkAct> same = bulk.find(instruction.id());
        if (same.isPresent()) {
            ActRules.checkSame(same.get(), instruction, filter);
            if (same.get().progress().state().isUnderWay()) {
                return same.get();
            }
        }
        Instant now = clock.instant();
        long count = count(filter);
        List<String> sample = filter.page(queries, Optional.empty(), SAMPLE).keys();
        BulkAct known = bulk.add(new BulkAct(instruction, filter, new BulkAct.Counted(count, sample, now)))
                .orElseThrow(() -> busy("There are " + BulkActs.MOST + " acts on many subjects already"));
        ActRules.checkSame(known, instruction, filter);
        return known;
    }

    private long count(ActFilter filter) {
        long count = filter.count(queries, settings.most() + 1);
        if (count > settings.most()) {
            throw ProblemException.of(
                    422,
                    "The filter lists more than " + settings.most()
                            + " subjects, which is the most that one act may be for (console.maxActs); narrow it");
        }
        return count;
    }

    /** Starts an act that waits to be confirmed by the same caller; one that was confirmed before goes on as it is. */
    public BulkAct confirm(Caller caller, UUID id) {
        BulkAct act = known(caller, id);
        ActRules.checkCaller(new Instruction(
                id, caller, act.instruction().act(), act.instruction().reason()));
        if (act.progress().state() != State.PROPOSED) {
            return act;
        }
        ActRules.checkSources(act, caller);
        long now = count(act.filter());
        if (now > act.limit()) {
            bulk.withdraw(act);
            throw ProblemException.of(
                    409,
                    "The filter lists " + now + " subjects now, and listed "
                            + act.counted().subjects() + " when they were counted; count again");
        }
        return switch (bulk.start(act, this::run)) {
            case STARTED -> act;
            case GONE ->
                throw ProblemException.of(
                        409,
                        "The subjects of the act " + id + " were counted again meanwhile; confirm the later count");
            case FULL -> throw busy("Too many acts wait for others to end");
        };
    }

    private static ProblemException busy(String why) {
        return ProblemException.of(429, why + "; try again later").header(RETRY_AFTER, RETRY_AFTER_S);
    }

    private void run(BulkAct act) {
        new BulkRun(
                        act,
                        queries,
                        target -> record(target.instruction(), target.key(), target.known()),
                        bulk.senders(),
                        listener,
                        clock,
                        settings.patience())
                .run();
    }

    /** Returns an act of this caller on many subjects. */
    public BulkAct known(Caller caller, UUID id) {
        return bulk.find(id)
                .filter(act -> act.instruction().caller().name().equals(caller.name()))
                .orElseThrow(() -> ProblemException.of(
                        404,
                        "This console knows no act of yours with the id " + id + ": a count expires after "
                                + BulkAct.CONFIRM_WITHIN.toMinutes()
                                + " minutes, and acts end with the process; to do what is left, count again with the"
                                + " same filter and the same id"));
    }

    /** Returns the acts of a caller on many subjects, the latest first. */
    public List<BulkAct> known(Caller caller) {
        return bulk.all().stream()
                .filter(act -> act.instruction().caller().name().equals(caller.name()))
                .toList();
    }

    /** Has an act end soon. What was recorded stays. */
    public BulkAct stop(Caller caller, UUID id) {
        BulkAct act = known(caller, id);
        act.stop();
        if (act.progress().state() == State.PROPOSED) {
            act.end(State.STOPPED, Optional.empty(), clock.instant());
        }
        return act;
    }

    /** Stops what runs, and ends the recorders. */
    @Override
    public void close() {
        bulk.close();
        recorder.close();
    }
}
