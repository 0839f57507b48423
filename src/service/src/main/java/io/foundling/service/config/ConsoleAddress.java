package io.foundling.service.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where {@code console} answers people and programs, and what of metadata it shows them.
 *
 * @param port 0 for any free port
 * @param certificate of its TLS; none: it speaks plain HTTP
 * @param key of the certificate
 * @param metadata names whose values every reader may see
 */
public record ConsoleAddress(
        String host, int port, Optional<Path> certificate, Optional<Path> key, Set<String> metadata) {}
