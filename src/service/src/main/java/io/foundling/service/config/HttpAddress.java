package io.foundling.service.config;

/**
 * Where the service answers probes and serves metrics.
 *
 * @param port 0 for any free port
 */
public record HttpAddress(String host, int port) {}
