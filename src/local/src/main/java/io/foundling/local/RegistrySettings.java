package io.foundling.local;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** The command line of a registry that is small, quick to start and keeps its schemas in a file. */
final class RegistrySettings {

    private RegistrySettings() {}

    static List<String> arguments(Path runnerJar, int port, Path database, Path temporary) {
        return List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // It lives for minutes: the optimising compiler would cost more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dquarkus.http.host=" + FreePorts.HOST,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                // Every id that was handed out is on disk, even if the registry is killed.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + database + ";WRITE_DELAY=0",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-cp",
                runnerJar + File.pathSeparator + RegistryDistribution.ownCode(),
                RegistryProcess.class.getName());
    }
}
