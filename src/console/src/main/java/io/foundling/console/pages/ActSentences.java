package io.foundling.console.pages;

/** What is happening to an act on many subjects, in words. Pure. */
final class ActSentences {

    private ActSentences() {}

    static String of(Row act) {
        String left = act.number("left") == 0 ? "" : " Left: " + subjects(act.number("left")) + ".";
        return switch (act.text("state")) {
            case "PROPOSED" ->
                "The list has " + subjects(act.number("counted"))
                        + ". Nothing has been recorded yet: confirm the count to begin.";
            case "WAITING" -> "It was confirmed, and begins when the acts before it have ended.";
            case "RUNNING" -> "It is running." + recorded(act) + left;
            case "DONE" -> "It is done." + recorded(act);
            case "STOPPED" ->
                act.has("startedAt")
                        ? "It was stopped; what was recorded stays." + recorded(act) + left
                        : "It was given up before anything was recorded.";
            default -> "It ended early: " + act.text("problem") + "." + recorded(act) + left;
        };
    }

    private static String recorded(Row act) {
        StringBuilder text = new StringBuilder(" It was recorded for " + subjects(act.number("done")) + ".");
        if (act.number("skipped") > 0) {
            text.append(" It was not for ")
                    .append(subjects(act.number("skipped")))
                    .append(" that awaited nothing any more.");
        }
        if (act.number("failed") > 0) {
            text.append(" It was refused for ")
                    .append(subjects(act.number("failed")))
                    .append('.');
        }
        return text.toString();
    }

    static String subjects(long count) {
        return Row.counted(count) + (count == 1 ? " subject" : " subjects");
    }
}
