package io.foundling.console.pages;

import io.foundling.console.acts.Act;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;

/** A form of an act that was sent and refused, to be shown again with what was typed. */
record Refused(Form form, Problem problem) {

    private static final int FORBIDDEN = 403;

    /** @throws ProblemException the given one, if to change the form cannot help */
    static Refused of(Form form, ProblemException why) {
        if (why.problem().status() == FORBIDDEN || !Act.NAMES.contains(form.text(ActFields.ACT))) {
            throw why;
        }
        return new Refused(form, why.problem());
    }

    String act() {
        return form.text(ActFields.ACT);
    }
}
