package io.foundling.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foundling.service.Page;
import io.foundling.service.config.ConfigReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the documentation are understood by the programs that they call; those that need nothing are run. */
class DocumentedCommandsTest {

    private static final String PROGRAM = "./foundling ";

    private static final List<Page> FURTHER = Stream.of(
                    "deploy/examples/mappings/README.md", "src/client-spring-boot/README.md")
            .map(file -> new Page(Page.ROOT.resolve(file)))
            .toList();

    /** Has a test of its own, on a real broker. */
    private static final String DEMO = PROGRAM + "demo";

    /** As a shell takes them. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    private static final String CALL = "curl ";
    private static final String EXPORT = "export ";
    private static final Pattern CALLED = Pattern.compile("http://127\\.0\\.0\\.1:8090(/\\S*)");

    private static final Pattern MODULE = Pattern.compile("-pl (\\S+)");

    @ParameterizedTest
    @MethodSource("ofTheProgram")
    void shouldBeUnderstoodByTheProgram(String command) {
        assertThatCode(() -> Foundling.commandLine(Map.of()).parseArgs(words(command)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void shouldCallOperationsThatThereAre(String command) throws IOException {
        Matcher path = CALLED.matcher(command);
        assertThat(path.find()).as(command).isTrue();
        List<String> paths = new ArrayList<>();
        for (String module : List.of("console", "intake")) {
            JsonNode document = new ObjectMapper()
                    .readTree(Page.ROOT
                            .resolve("src/" + module + "/docs/openapi.json")
                            .toFile());
            document.get("paths").fieldNames().forEachRemaining(paths::add);
        }
        assertThat(paths).anyMatch(template -> path.group(1).matches(template.replaceAll("\\{[^}]+}", ".+")));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void shouldSetVariablesThatThereAre(String command, @TempDir Path directory) throws IOException {
        String[] variable = command.substring(EXPORT.length()).split("=", 2);
        Path config = Files.writeString(
                directory.resolve("foundling.yaml"),
                "kafka: {bootstrap.servers: 'broker:9092'}\navro: {schema.registry.url: 'http://registry:8081'}\n");
        assertThatCode(() -> new ConfigReader(Map.of(variable[0], variable[1])).read(config))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("others")
    void shouldOtherwiseBuildModulesThatThereAre(String command) {
        assertThat(command).startsWith("mvn ");
        assertThat(MODULE.matcher(command)
                        .results()
                        .flatMap(modules -> Stream.of(modules.group(1).split(","))))
                .map(Page.ROOT::resolve)
                .allSatisfy(module -> assertThat(module.resolve("pom.xml")).exists());
    }

    @Test
    void shouldReplayTheExampleAsPrinted() throws IOException, InterruptedException {
        // Given
        List<String> commands = commands(Page.FRONT)
                .filter(line -> line.startsWith(PROGRAM) && line.contains("--dry-run"))
                .toList();
        assertThat(commands).hasSize(1);
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Foundling.class.getName()));
        java.addAll(List.of(words(commands.get(0))));

        // When
        ProcessBuilder builder =
                new ProcessBuilder(java).directory(Page.ROOT.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FOUNDLING_"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed)
                .contains(
                        "lines 40, events sent 40 (Annotated 12, Completed 5, Deferred 9, Failed 2, Opened 6, Pending 6)"
                                + ", ignored 0, skipped 0, failed 0");
    }

    private static Stream<String> ofTheProgram() {
        return commands().filter(line -> line.startsWith(PROGRAM) && !line.startsWith(DEMO));
    }

    private static Stream<String> others() {
        return commands().filter(line -> Stream.of(PROGRAM, CALL, EXPORT).noneMatch(line::startsWith));
    }

    private static Stream<String> variables() {
        return commands().filter(line -> line.startsWith(EXPORT));
    }

    private static Stream<String> calls() {
        return commands().filter(line -> line.startsWith(CALL));
    }

    private static Stream<String> commands() {
        return Stream.concat(Page.ofTheService().stream(), FURTHER.stream()).flatMap(DocumentedCommandsTest::commands);
    }

    private static Stream<String> commands(Page page) {
        return page.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(Page.Block::commands);
    }

    private static String[] words(String command) {
        return WORD.matcher(command.substring(PROGRAM.length()))
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }
}
