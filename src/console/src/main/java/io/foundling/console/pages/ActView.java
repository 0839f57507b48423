package io.foundling.console.pages;

import java.util.Map;

/**
 * What the page of one act on many subjects shows.
 *
 * @param sentence what is happening to it
 */
public record ActView(Frame frame, Row act, String sentence) {

    public boolean isProposed() {
        return act.text("state").equals("PROPOSED");
    }

    public boolean isToRun() {
        return act.text("state").equals("WAITING") || act.text("state").equals("RUNNING");
    }

    /** Returns what it is for, by the names of filters. */
    public Map<String, String> filter() {
        Map<String, String> filter = act.values("filter");
        filter.remove("before");
        return filter;
    }

    /** Returns how many subjects were dealt with. */
    public long dealtWith() {
        return act.number("done") + act.number("skipped") + act.number("failed");
    }

    public String token() {
        return frame.visitor().orElseThrow().formToken();
    }

    public String path() {
        return "/acts/" + act.text("id");
    }
}
