package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.foundling.service.command.ExitCode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the runbook: run where they can run without a cluster, else parsed by the program they call. */
class RunbookTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");
    private static final Pattern FILE = Pattern.compile("deploy/(?!image/target/)[\\w./-]+");
    private static final Pattern NAMED = Pattern.compile("`((?:image|chart|examples|monitoring)/[\\w./-]*)`");
    private static final Pattern IN_A_POD = Pattern.compile("^kubectl .* exec \\S+ -- foundling ");
    private static final Pattern SET = Pattern.compile("--set ([\\w.]+)=(\\S+)");

    @ParameterizedTest
    @MethodSource("runnable")
    void shouldRunAsWritten(String line) throws Exception {
        // Given
        List<String> command = List.of(line.split(" "));
        assumeThat("true".equals(System.getenv("CI")) || Programs.isInstalled(command.get(0)))
                .as("%s is installed", command.get(0))
                .isTrue();

        // Then
        assertThat(Programs.run(ROOT, command, Map.of())).startsWith("0\n");
    }

    /** An unknown variable is refused once the command line has been understood, and before anything is done. */
    @ParameterizedTest
    @MethodSource("foundling")
    void shouldBeUnderstoodByTheProgram(String line) throws Exception {
        // Given
        List<String> command = Programs.java("io.foundling.service.command.Foundling", line);
        command.replaceAll(word -> word.equals("foundling.yaml") || word.equals("blue.yaml")
                ? "examples/domestic-declarations.yaml"
                : word);

        // When
        String output = Programs.run(Path.of("."), command, Map.of("FOUNDLING_NO_SUCH_SETTING", "1"));

        // Then
        assertThat(output)
                .startsWith("2\n")
                .contains("FOUNDLING_NO_SUCH_SETTING")
                .doesNotContain("--help");
    }

    @ParameterizedTest
    @MethodSource("helm")
    void shouldSetOnlyValuesThatTheChartKnows(String line) {
        // Given
        Map<String, String> values = new LinkedHashMap<>();
        SET.matcher(line).results().forEach(set -> values.put(set.group(1), set.group(2)));

        // Then
        assertThat(Chart.with("values-secured.yaml", values).objects()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNameFilesThatExist(Path file) {
        assertThat(file).exists();
    }

    @ParameterizedTest
    @MethodSource("links")
    void shouldLinkToItsOwnSections(String anchor) throws IOException {
        assertThat(HEADING.matcher(Runbook.text())
                        .results()
                        .map(heading ->
                                heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-')))
                .contains(anchor);
    }

    @Test
    void shouldTellEveryExitCodeOfTheService() throws ReflectiveOperationException, IOException {
        // Only commands that ask a console end with the last one, no pod.
        Set<Integer> ofNoPod = Set.of(ExitCode.OK, ExitCode.UNKNOWN);
        for (Field code : ExitCode.class.getFields()) {
            if (!ofNoPod.contains(code.getInt(null))) {
                assertThat(Runbook.text()).contains("\n| " + code.getInt(null) + " | ");
            }
        }
    }

    private static Stream<String> runnable() throws IOException {
        return Runbook.commandsToRun();
    }

    private static Stream<String> foundling() throws IOException {
        return Runbook.commands()
                .map(line -> IN_A_POD.matcher(line).replaceFirst("./foundling "))
                .filter(line -> line.startsWith("./foundling "));
    }

    private static Stream<String> helm() throws IOException {
        return Runbook.commands("helm");
    }

    private static Stream<Path> files() throws IOException {
        String commands = String.join("\n", Runbook.commands().toList());
        return Stream.concat(
                FILE.matcher(commands).results().map(file -> ROOT.resolve(file.group())),
                NAMED.matcher(Runbook.text()).results().map(file -> Path.of(file.group(1))));
    }

    private static Stream<String> links() throws IOException {
        return LINK.matcher(Runbook.text()).results().map(link -> link.group(1)).distinct();
    }
}
