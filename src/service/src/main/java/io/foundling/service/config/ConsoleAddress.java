package io.foundling.service.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@code console} answers people and programs.
 *
 * @param port 0 for any free port
 * @param certificate of its TLS; none: it speaks plain HTTP
 * @param key of the certificate
 */
public record ConsoleAddress(String host, int port, Optional<Path> certificate, Optional<Path> key) {}
