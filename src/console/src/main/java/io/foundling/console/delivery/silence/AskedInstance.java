package io.foundling.console.delivery.silence;

import java.util.Optional;

/**
 * An instance of Alertmanager that was asked.
 *
 * @param address host and port; empty if it is not known here
 * @param problem why there is no answer of it; none if there is
 */
public record AskedInstance(String receiver, String address, Optional<String> problem) {}
