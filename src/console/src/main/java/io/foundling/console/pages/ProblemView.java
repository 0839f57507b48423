package io.foundling.console.pages;

import io.foundling.console.web.Problem;
import java.util.Locale;

/** What is shown instead of a page that does not exist or may not be seen. */
public record ProblemView(Frame frame, Problem problem) {

    /** Returns why, as a sentence for people. */
    public String sentence() {
        String detail = problem.detail();
        String begun = detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1);
        return begun.matches("(?s).*[.?!]") ? begun : begun + ".";
    }
}
