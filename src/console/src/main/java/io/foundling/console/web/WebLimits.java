package io.foundling.console.web;

import java.time.Duration;

/**
 * What clients may cost.
 *
 * @param bodyBytes of a request whose operation has no limit of its own
 * @param headerBytes of request line and headers together
 * @param idle how long a client may send nothing, or take nothing of an answer
 * @param arrival how long a request may take to arrive, from the opening of its connection or the end of the request before
 * @param threads that serve requests
 * @param connections at once; further ones wait
 * @param bodiesBytes of memory for all requests that are being read or answered: three times the length of each body
 */
public record WebLimits(
        int bodyBytes,
        int headerBytes,
        Duration idle,
        Duration arrival,
        int threads,
        int connections,
        long bodiesBytes) {

    public static final WebLimits DEFAULTS =
            new WebLimits(1 << 20, 16 << 10, Duration.ofSeconds(20), Duration.ofSeconds(30), 64, 512, 64 << 20);
}
