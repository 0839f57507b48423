package io.foundling.console.acts;

import io.foundling.console.access.Caller;
import java.util.UUID;

/**
 * What somebody wants to be done, and why.
 *
 * @param id the events that follow from it have ids that follow from it, so that a repeat with the same id changes
 *     nothing
 * @param reason as {@link ActTexts} allows it
 */
public record Instruction(UUID id, Caller caller, Act act, String reason) {}
