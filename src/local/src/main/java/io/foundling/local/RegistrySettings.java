package io.foundling.local;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** The command line of the registry: small, quick to start, with its schemas in a file. */
final class RegistrySettings {

    private RegistrySettings() {}

    static List<String> arguments(Path runnerJar, int port, Path database, Path temporary) {
        return List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // The process lives for minutes, so the optimising compiler would cost more time than it saves.
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dquarkus.http.host=" + FreePorts.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                // Every id is on disk before it is returned, so it survives a kill of the registry.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + database + ";WRITE_DELAY=0",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-cp",
                runnerJar + File.pathSeparator + RegistryDistribution.ownCode(),
                RegistryProcess.class.getName());
    }
}
