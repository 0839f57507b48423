package io.foundling.console.policies;

/**
 * How many warnings of one source and stage were emitted in a window, and what has changed. All that the policies in force
 * give in the window and all that those on trial give: {@code before - removed + added} need not be {@code after}, because
 * a warning can move over the ends of the window.
 */
public record StageChanges(
        String source, String stage, long before, long after, long added, long removed, long earlier, long later) {}
