package io.foundling.service.config;

import io.foundling.topology.text.Suggestion;
import io.foundling.topology.yaml.TextFile;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets {@code FOUNDLING_*} variables override the file. The suffix {@code _FILE} names a file that holds the value; a
 * Kafka key that itself ends in {@code .file} can therefore only be written in the configuration file.
 */
final class EnvironmentSource {

    /** Variables of the start script, of logging and of the commands that ask a console; no settings. */
    static final Set<String> RESERVED = Set.of(
            "FOUNDLING_CONFIG",
            "FOUNDLING_HOME",
            "FOUNDLING_JAVA_OPTS",
            "FOUNDLING_LOG_FORMAT",
            "FOUNDLING_LOG_LEVEL",
            "FOUNDLING_TOKEN");

    private static final String FILE_SUFFIX = "_FILE";
    private static final String EXPECTED_FILE = "expected the path of a UTF-8 file that holds the value";

    /** Variables that Kubernetes adds for every Service whose name begins with foundling. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("FOUNDLING(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP)(_\\w+)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp)://[^/]+:\\d+");

    private final ConfigSchema schema;
    private final ConfigValues values;
    private final Map<String, String> paths = new HashMap<>();

    EnvironmentSource(ConfigSchema schema, ConfigValues values) {
        this.schema = schema;
        this.values = values;
        schema.overridable().forEach(key -> key.environmentVariable().ifPresent(name -> paths.put(name, key.path())));
    }

    void read(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(ConfigKey.ENVIRONMENT_PREFIX)
                    && !RESERVED.contains(name)
                    && !isServiceLink(name, value)) {
                variable(name, value, environment);
            }
        });
    }

    private void variable(String name, String value, Map<String, String> environment) {
        // console.passwordFile is such a name itself.
        boolean namesFile = name.endsWith(FILE_SUFFIX) && !paths.containsKey(name);
        String plain = namesFile ? name.substring(0, name.length() - FILE_SUFFIX.length()) : name;
        Origin origin = Origin.variable(name, namesFile);
        Optional<String> path = path(plain);
        if (path.isEmpty()) {
            values.problem(origin, "unknown, no setting has this name" + suggestion(plain));
        } else if (namesFile && environment.containsKey(plain)) {
            values.problem(origin, plain + " is set too; keep one of them");
        } else if (namesFile) {
            content(origin, value).ifPresent(text -> values.put(path.get(), new WrittenValue(text, origin)));
        } else {
            values.put(path.get(), new WrittenValue(value, origin));
        }
    }

    private String suggestion(String variable) {
        List<String> known = Stream.concat(paths.keySet().stream(), RESERVED.stream())
                .map(EnvironmentSource::withoutPrefix)
                .toList();
        return Suggestion.of(ConfigKey.ENVIRONMENT_PREFIX, withoutPrefix(variable), known);
    }

    private static String withoutPrefix(String variable) {
        return variable.substring(ConfigKey.ENVIRONMENT_PREFIX.length());
    }

    /** A key of its own comes first: the variable of console.oidc.rolesClaim begins as those of console.oidc.roles. */
    private Optional<String> path(String variable) {
        if (paths.containsKey(variable)) {
            return Optional.of(paths.get(variable));
        }
        for (String section : schema.openSections()) {
            String prefix = ConfigKey.environmentVariable(section) + '_';
            if (variable.startsWith(prefix) && variable.length() > prefix.length()) {
                String key = variable.substring(prefix.length()).toLowerCase(Locale.ROOT);
                return Optional.of(section + '.' + key.replace('_', '.'));
            }
        }
        return Optional.empty();
    }

    /** What should be a path may be the secret itself, by mistake: so it is not shown. */
    private Optional<String> content(Origin origin, String file) {
        try {
            return Optional.of(TextFile.read(Path.of(file)).replaceFirst("[\r\n]+\\z", ""));
        } catch (FileSystemException unreadable) {
            values.problem(origin, "names a file that " + unreadable.getReason() + ", " + EXPECTED_FILE);
        } catch (InvalidPathException noPath) {
            values.problem(origin, "is no path, " + EXPECTED_FILE);
        }
        return Optional.empty();
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches();
    }
}
