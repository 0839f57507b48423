package io.foundling.service.command;

import io.foundling.audit.SubjectKind;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.text.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The key of a subject as it is on the command line; the value is the key in its one proper form. */
final class KeyParameter implements ITypeConverter<String> {

    static final String DESCRIPTION = "Key of the subject: kind/source/stage/id, as record/university/declaration/4711."
            + " Other characters than letters, digits and -._~ are percent-encoded, so a slash in an id is %%2F.";

    private static final String FORM = "kind/source/stage/id, such as record/university/declaration/4711";
    private static final int PARTS = 4;
    private static final List<String> KINDS = Stream.of(SubjectKind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .filter(kind -> !kind.equals("unknown"))
            .toList();

    @Override
    public String convert(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < PARTS) {
            throw new TypeConversionException("'" + text + "' must be " + FORM);
        }
        if (!KINDS.contains(parts[0].toLowerCase(Locale.ROOT))) {
            throw new TypeConversionException("'" + text + "' begins with no kind, must be one of "
                    + String.join(", ", KINDS) + Suggestion.of(parts[0], KINDS));
        }
        if (parts.length > PARTS) {
            throw new TypeConversionException("'" + text + "' has " + parts.length + " parts, must have four: " + FORM
                    + "; a slash within a part is written as %2F");
        }
        try {
            return SubjectKey.of(SubjectKey.parse(text));
        } catch (IllegalArgumentException malformed) {
            throw new TypeConversionException(
                    "'" + text + "' has a percent sign that encodes nothing, must be " + FORM);
        }
    }
}
