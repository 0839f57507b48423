package io.foundling.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** RULES.md, the places that cite its rules, and the classes that the documents name. */
final class RulesTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path RULES = Path.of("RULES.md");
    private static final Path README = Path.of("README.md");
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git");

    private static final Pattern HEADING = Pattern.compile("(?m)^### ([A-Z])(\\d+) \\S");
    private static final Pattern ONE_RULE = Pattern.compile("[A-Z]\\d+");
    private static final String SEVERAL = ONE_RULE + "(?:(?:, and |, | and )" + ONE_RULE + ")*";
    private static final Pattern CITATION = Pattern.compile("\\brules? (" + SEVERAL + ")");
    private static final Pattern PROOF = Pattern.compile("\\bProves rules? (" + SEVERAL + ")");
    private static final Pattern NUMBER_ONLY = Pattern.compile("\\b[Rr]ules? \\d|\\b[Ss]ections? \\d|DES" + "IGN");
    private static final Pattern BROKEN_LINE = Pattern.compile("\\s*\\R\\s*(?:\\*|//|#|>)?\\s*");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.[\\w.]+)?`");
    private static final Pattern RECORD = Pattern.compile("(?m)^\\s*(?:record|enum) (\\w+)");

    @Test
    void shouldNumberTheRulesOfEachLetterWithoutGaps() throws IOException {
        // When
        Map<String, List<Integer>> numbers = new TreeMap<>();
        HEADING.matcher(Files.readString(RULES))
                .results()
                .forEach(heading -> numbers.computeIfAbsent(heading.group(1), letter -> new ArrayList<>())
                        .add(Integer.parseInt(heading.group(2))));

        // Then
        assertThat(numbers).hasSizeGreaterThan(1);
        numbers.forEach((letter, found) -> assertThat(found)
                .as("the rules %s", letter)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, found.size()).boxed().toList()));
    }

    @Test
    void shouldHaveEveryRuleThatIsCited() throws IOException {
        // Given
        Set<String> rules = rules();
        List<String> unknown = new ArrayList<>();

        // When
        for (Path file : files(".java", ".md", ".avdl", ".yaml", ".yml")) {
            String text = unbroken(file);
            cited(CITATION, text).stream()
                    .filter(rule -> !rules.contains(rule))
                    .forEach(rule -> unknown.add(file + " cites rule " + rule));
            NUMBER_ONLY.matcher(text).results().map(MatchResult::group).forEach(old -> unknown.add(file + ": " + old));
        }

        // Then
        assertThat(unknown).as("citations of what RULES.md does not have").isEmpty();
    }

    @Test
    void shouldProveEveryRule() throws IOException {
        // When
        Set<String> proven = new HashSet<>();
        for (Path file : files(".java")) {
            if (file.toString().contains("/src/test/")) {
                proven.addAll(cited(PROOF, unbroken(file)));
            }
        }
        Set<String> unproven = new TreeSet<>(rules());
        unproven.removeAll(proven);

        // Then
        assertThat(unproven).as("rules that no test says it proves").isEmpty();
    }

    @Test
    void shouldNameOnlyClassesThatExist() throws IOException {
        // Given
        Set<String> classes = new HashSet<>();
        for (Path file : files(".java", ".avdl")) {
            String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
                classes.add(name.substring(0, name.length() - ".java".length()));
            } else {
                RECORD.matcher(Files.readString(file)).results().forEach(found -> classes.add(found.group(1)));
            }
        }

        // When
        Set<String> named = new TreeSet<>();
        for (Path document : List.of(RULES, README)) {
            CLASS_NAME.matcher(Files.readString(document)).results().forEach(found -> named.add(found.group(1)));
        }

        // Then
        assertThat(named).isNotEmpty().isSubsetOf(classes);
    }

    private static Set<String> rules() throws IOException {
        return HEADING.matcher(Files.readString(RULES))
                .results()
                .map(heading -> heading.group(1) + heading.group(2))
                .collect(Collectors.toSet());
    }

    private static List<String> cited(Pattern pattern, String text) {
        List<String> cited = new ArrayList<>();
        for (Matcher citation = pattern.matcher(text); citation.find(); ) {
            ONE_RULE.matcher(citation.group(1))
                    .results()
                    .map(MatchResult::group)
                    .forEach(cited::add);
        }
        return cited;
    }

    /** Returns the text of a file on one line, without what begins the lines of a comment. */
    private static String unbroken(Path file) throws IOException {
        return BROKEN_LINE.matcher(Files.readString(file)).replaceAll(" ");
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .filter(file -> StreamSupport.stream(file.spliterator(), false)
                            .noneMatch(part -> SKIPPED.contains(part.toString())))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
