package io.foundling.console.pages;

import java.util.List;

/** What the page of one trial of policies shows. */
public record PolicyTestView(Frame frame, Row test) {

    private static final List<String> CHANGES = List.of("added", "removed", "earlier", "later");

    public boolean isRunning() {
        return state().equals("RUNNING");
    }

    public boolean isDone() {
        return state().equals("DONE");
    }

    private String state() {
        return test.text("state");
    }

    /** Says at a glance what was found, or how far it is. */
    public String sentence() {
        return switch (state()) {
            case "RUNNING" -> "The events of the topics are being read, the oldest first.";
            case "STOPPED" -> "It was stopped, so nothing is known.";
            case "FAILED" -> "It has no result: " + test.text("problem") + ".";
            default -> found();
        };
    }

    private String found() {
        if (changed() == 0) {
            return "No warning would have been another one.";
        }
        return "Of the warnings, " + Row.counted(sum("added")) + " would have been added, "
                + Row.counted(sum("removed"))
                + " removed, " + Row.counted(sum("earlier")) + " emitted earlier, and " + Row.counted(sum("later"))
                + " later.";
    }

    /** Returns how many warnings change. */
    public long changed() {
        return CHANGES.stream().mapToLong(this::sum).sum();
    }

    private long sum(String change) {
        return stages().stream().mapToLong(stage -> stage.number(change)).sum();
    }

    public List<Row> stages() {
        return test.rows("result", "stages");
    }

    /** Returns the earliest of the warnings that change. */
    public List<Row> warnings() {
        return test.rows("result", "warnings");
    }

    public List<Row> alerts() {
        return test.rows("result", "alerts");
    }

    public List<String> notes() {
        return test.texts("result", "notes");
    }

    public String token() {
        return frame.visitor().orElseThrow().formToken();
    }

    public String path() {
        return PolicyTestPage.path(test);
    }
}
