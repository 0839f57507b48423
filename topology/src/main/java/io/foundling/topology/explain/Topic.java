package io.foundling.topology.explain;

/** What a section of an explanation is about, in the order in which sections are shown. */
public enum Topic {
    STATUS("Status"),
    FACTS("What was read, in the order in which it happened"),
    DEADLINE("Deadline"),
    WARNINGS("Waits and warnings"),
    PARENT("Parent"),
    CLOCK("Clock and source"),
    DIFFERENCES("What does not agree");

    private final String title;

    Topic(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
