package io.foundling.topology.lifecycle;

/** Whether somebody asked for a member before it came back (rule P16). */
public enum Announcement {
    /** Nobody expected, opened, deferred or submitted it: it is a result that nobody asked for. */
    UNANNOUNCED,
    /** It was announced by name, and has not begun. */
    NEVER_BEGAN,
    /** It was announced by name. */
    NAMED,
    /** It began, or was deferred or submitted, and was not announced by name. */
    BEGUN;

    /** Returns the announcement of a retry after another attempt. */
    Announcement after(Announcement earlier) {
        if (isByName() || earlier == UNANNOUNCED) {
            return this;
        }
        return earlier.isByName() ? NAMED : BEGUN;
    }

    /** Whether it was announced by name. */
    public boolean isByName() {
        return this == NEVER_BEGAN || this == NAMED;
    }
}
