package io.foundling.topology.lifecycle;

import io.foundling.audit.Status;

/** How often the policies in force ask for reminders of the active warning of a subject (rule T25). */
@FunctionalInterface
public interface Reminders {

    /** No policy asks for reminders. */
    Reminders NONE = status -> Times.NEVER;

    /** Returns the time between two reminders of a warning about a status; {@link Times#NEVER} without any. */
    long repeatMs(Status status);
}
