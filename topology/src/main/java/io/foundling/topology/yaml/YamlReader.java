package io.foundling.topology.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads one YAML document into a tree of values that know their lines. Nothing is interpreted: scalars stay text. */
public final class YamlReader {

    private static final LoaderOptions LIMITS = new LoaderOptions();

    private YamlReader() {}

    /** Returns the document; empty if the text has none, or is not YAML, which is a problem. */
    public static Optional<YamlValue> read(String yaml, YamlProblems problems) {
        try {
            Node root = new Yaml(LIMITS).compose(new StringReader(yaml));
            return Optional.ofNullable(root).map(node -> new YamlValue("", YamlValue.lineOf(node), node, problems));
        } catch (MarkedYAMLException invalid) {
            problems.add(invalid.getProblemMark().getLine() + 1, sentence(invalid));
        } catch (ReaderException unprintable) {
            problems.add(
                    lineAt(yaml, unprintable.getPosition()), "is not readable as YAML, expected printable UTF-8 text");
        } catch (YAMLException invalid) {
            problems.add(1, limit(String.valueOf(invalid.getMessage())));
        }
        return Optional.empty();
    }

    /** Whether the text has no document: at most comments. */
    public static boolean isEmpty(String yaml) {
        List<String> problems = new ArrayList<>();
        return read(yaml, (line, sentence) -> problems.add(sentence)).isEmpty() && problems.isEmpty();
    }

    /** The exception's own message quotes the file, and an undefined alias may be an unquoted secret. */
    private static String sentence(MarkedYAMLException invalid) {
        if (invalid instanceof ComposerException) {
            return "is not valid YAML; write one document, and quote a text that begins with '*' or '&'";
        }
        return "is not valid YAML near column %d: %s"
                .formatted(invalid.getProblemMark().getColumn() + 1, invalid.getProblem());
    }

    /** The library knows no line of what exceeds its limits. */
    private static String limit(String message) {
        if (message.startsWith("Nesting Depth")) {
            return "is nested deeper than " + LIMITS.getNestingDepthLimit() + " levels";
        } else if (message.startsWith("Number of aliases")) {
            return "uses more than " + LIMITS.getMaxAliasesForCollections() + " aliases";
        }
        return "is not readable as YAML, expected printable UTF-8 text of at most 3 MiB";
    }

    private static int lineAt(String text, int position) {
        return 1
                + (int) text.codePoints().limit(position).filter(c -> c == '\n').count();
    }
}
