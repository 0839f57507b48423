package io.foundling.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The registry as a program: small, quick to start, with its schemas in a file. */
final class RegistrySettings {

    /** The main class in the manifest of the distribution's runner jar. */
    private static final String MAIN = "io.quarkus.runner.GeneratedMain";

    private RegistrySettings() {}

    static ChildProgram program(Path runnerJar, int port, Path database, Path temporary) {
        List<String> options = List.of(
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
                "-Dapicurio.datasource.jdbc.min-size=1");
        return new ChildProgram(options, runnerJar.toString(), MAIN, List.of(), Map.of());
    }
}
