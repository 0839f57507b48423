package io.foundling.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where {@code console} keeps what it reads, for how long, where it answers, and whom.
 *
 * @param database URL for JDBC
 * @param maxSizeInBytes of a database that is a file
 */
public record ConsoleSettings(
        String database,
        Optional<String> user,
        Optional<Path> passwordFile,
        long maxSizeInBytes,
        Duration trail,
        ConsoleAddress address,
        AccessSettings access,
        ActRights acts) {}
