package io.foundling.console.acts;

import io.foundling.audit.Disposition;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who may do what to which subject. Each check throws a {@link ProblemException} with a sentence. */
final class ActRules {

    /** Rule L2. */
    private static final int MAX_KEY = 1_024;

    private ActRules() {}

    /** Erasing takes evidence away, so it needs the role of those who look after that, too. */
    static void checkCaller(Instruction instruction) {
        checkRole(instruction.caller(), Role.OPERATOR);
        if (instruction.act() instanceof Act.Erase) {
            checkRole(instruction.caller(), Role.AUDITOR);
        }
    }

    private static void checkRole(Caller caller, Role role) {
        if (!caller.has(role)) {
            throw ProblemException.lacking(role);
        }
    }

    static void checkSource(Caller caller, String source) {
        if (!caller.maySee(source)) {
            throw ProblemException.of(403, "Your credentials are limited to other sources than " + source);
        }
    }

    static void checkSubject(Act act, String key, Optional<Disposition> known, BooleanSupplier hasEvents) {
        if (act instanceof Act.Expect) {
            if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
                throw ProblemException.of(400, "The key has more than " + MAX_KEY + " bytes, which the ledger refuses");
            }
            if (Targets.awaits(known)) {
                throw conflict(key, known.get(), "only what does not await can be expected");
            }
            return;
        }
        if (known.isEmpty() && !(act instanceof Act.Erase && hasEvents.getAsBoolean())) {
            throw ProblemException.of(404, "Nothing is known of the subject " + key);
        }
        boolean needsAwaiting = act instanceof Act.Extend || act instanceof Act.Cancel;
        if (needsAwaiting && !Targets.awaits(known)) {
            throw conflict(
                    key,
                    known.get(),
                    "only what awaits can be " + (act instanceof Act.Cancel ? "cancelled" : "extended"));
        }
    }

    private static ProblemException conflict(String key, Disposition known, String rule) {
        String ended = known.getEndedWithParentAt() == null ? "" : ", and ended with its parent";
        return ProblemException.of(409, key + " is " + known.getStatus() + ended + "; " + rule);
    }

    /** An id belongs to one act: a repeat must not be taken for the act of somebody else, or for another one. */
    static void checkSame(BulkAct known, Instruction instruction, ActFilter filter) {
        Instruction former = known.instruction();
        boolean isSame = former.caller().name().equals(instruction.caller().name())
                && isLike(former.act(), instruction.act())
                && former.reason().equals(instruction.reason())
                && known.filter().isLike(filter);
        if (!isSame) {
            throw ProblemException.of(
                    409,
                    "Another act has the id " + instruction.id()
                            + " already: its caller, act, reason or filter differs; choose another id");
        }
    }

    /** A repeat that says how long from now has a later time. */
    private static boolean isLike(Act former, Act repeated) {
        return former instanceof Act.Extend || former instanceof Act.Expect
                ? former.name().equals(repeated.name())
                : former.equals(repeated);
    }

    /** The filter has the sources that the caller had when the subjects were counted. */
    static void checkSources(BulkAct act, Caller caller) {
        if (!act.instruction().caller().sources().equals(caller.sources())) {
            throw ProblemException.of(
                    409,
                    "Your credentials are limited to other sources than when the subjects were counted; count again"
                            + " with another id");
        }
    }

    static void checkFilter(Act act, ActFilter filter) {
        if (act instanceof Act.Expect) {
            throw ProblemException.of(400, "expect is for one subject: what a filter lists awaits already");
        }
        if (!filter.isNarrow()) {
            throw ProblemException.of(400, "filter must name a source, a stage or a parent");
        }
    }
}
