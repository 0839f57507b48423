package io.foundling.console.pages;

import io.foundling.audit.Status;
import io.foundling.console.acts.Act;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.topology.lifecycle.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a visitor may do to one subject, and what to say once it is done. Pure. */
final class SubjectActs {

    /** Says on the page what its visitor has just done. */
    static final Parameter<String> ACTED =
            Parameter.query("acted", ParameterType.names(Act.NAMES), "What was done by a form of this page.");

    private static final Map<String, String> DONE = Map.of(
            "extend", "The new deadline was recorded.",
            "cancel", "It was recorded that this subject is cancelled.",
            "annotate", "The metadata were recorded.",
            "expect", "It was recorded that work should begin.",
            "erase", "It was recorded that everything about this subject is to be forgotten.");
    private static final String EFFECT = " This page shows the effect once the ledger has published it.";

    private SubjectActs() {}

    /**
     * Returns the forms.
     *
     * @param state its disposition; none if it has none, or none any more
     * @param isKnown whether anything is known of it
     */
    static ActOffer of(
            PageCall call, SubjectName name, Optional<Row> state, boolean isKnown, Optional<Refused> refused) {
        Visitor visitor = call.visitor();
        if (!visitor.mayAct()) {
            return ActOffer.NONE;
        }
        List<String> acts = new ArrayList<>();
        if (state.filter(SubjectActs::awaits).isPresent()) {
            acts.addAll(List.of("extend", "cancel"));
        } else {
            acts.add("expect");
        }
        if (state.isPresent()) {
            acts.add("annotate");
        }
        if (isKnown && visitor.mayErase()) {
            acts.add("erase");
        }
        return new ActOffer(
                ActFields.forms(acts, name.link(), Optional.empty(), visitor, refused),
                call.request().found(ACTED).filter(act -> refused.isEmpty()).map(act -> DONE.get(act) + EFFECT));
    }

    private static boolean awaits(Row state) {
        return Statuses.awaits(Status.valueOf(state.text("status"))) && !state.has("endedWithParentAt");
    }
}
