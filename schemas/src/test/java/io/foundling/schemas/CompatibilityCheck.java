package io.foundling.schemas;

import io.foundling.schemas.registry.Compatibility;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/** Finds what makes a list of versions, oldest first, break its promise. */
final class CompatibilityCheck {

    private CompatibilityCheck() {}

    static List<String> problems(Compatibility level, List<Schema> versions) {
        List<String> problems = new ArrayList<>();
        for (int older = 0; older < versions.size(); older++) {
            enumsWithoutDefault(versions.get(older), "version " + (older + 1), new HashSet<>(), problems);
            for (int newer = older + 1; newer < versions.size(); newer++) {
                check(versions, newer, older, problems);
                if (level == Compatibility.FULL_TRANSITIVE) {
                    check(versions, older, newer, problems);
                }
            }
        }
        return problems;
    }

    private static void check(List<Schema> versions, int reader, int writer, List<String> problems) {
        SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(versions.get(reader), versions.get(writer));
        pair.getResult()
                .getIncompatibilities()
                .forEach(problem -> problems.add("version " + (reader + 1) + " does not read version " + (writer + 1)
                        + ": " + problem.getType() + " at " + problem.getLocation()));
    }

    private static void enumsWithoutDefault(Schema schema, String version, Set<String> seen, List<String> problems) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(f -> enumsWithoutDefault(f.schema(), version, seen, problems));
                }
            }
            case ENUM -> {
                if (schema.getEnumDefault() == null) {
                    problems.add(version + ": enum " + schema.getName() + " has no default");
                }
            }
            case UNION -> schema.getTypes().forEach(s -> enumsWithoutDefault(s, version, seen, problems));
            case ARRAY -> enumsWithoutDefault(schema.getElementType(), version, seen, problems);
            case MAP -> enumsWithoutDefault(schema.getValueType(), version, seen, problems);
            default -> {
                // holds no enum
            }
        }
    }
}
