package io.foundling.console.pages;

import java.util.List;
import java.util.Optional;

/**
 * A form by which operators act.
 *
 * @param act one of the names of acts
 * @param action where it is sent to
 * @param button what its button says
 * @param token which shows that these pages made it for this visitor
 * @param id of the form, so that what is sent twice counts once
 * @param fault what is wrong apart from the fields
 */
public record ActForm(
        String act, String action, String button, String token, String id, List<Field> fields, Optional<String> fault) {

    /** Whether it was refused, so that it is shown open. */
    public boolean isOpen() {
        return fault.isPresent()
                || fields.stream().anyMatch(field -> field.fault().isPresent());
    }

    /** Returns what it does. */
    public String note() {
        return switch (act) {
            case "extend" -> "Moves the deadline of what is awaited.";
            case "cancel" -> "Writes off what is awaited. Nobody waits for it any more.";
            case "annotate" -> "Adds metadata.";
            case "expect" -> "Announces that work should begin. Without a time, the policy decides by when.";
            case "erase" -> "Has everything about this subject forgotten. It cannot be undone.";
            default -> "";
        };
    }
}
