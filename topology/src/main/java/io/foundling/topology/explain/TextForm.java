package io.foundling.topology.explain;

import java.time.Instant;
import java.util.regex.Pattern;

/** Writes an explanation as plain text. */
final class TextForm {

    private static final String NO_TIME = "-";

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private TextForm() {}

    static String of(Explanation explanation) {
        StringBuilder text = new StringBuilder(explanation.subjectKey()).append('\n');
        for (Section section : explanation.sections()) {
            text.append('\n').append(section.topic().title()).append('\n');
            section.steps().forEach(step -> append(step, text));
        }
        return text.toString();
    }

    private static void append(Step step, StringBuilder text) {
        String at = step.at().map(Instant::toString).orElse(NO_TIME);
        text.append("  ").append(at).append("  ").append(escaped(step.sentence()));
        if (!step.rules().isEmpty()) {
            text.append(" [").append(String.join(", ", step.rules())).append(']');
        }
        text.append('\n');
    }

    /** Events bring texts of their own: whatever could break a line, or change how it reads, becomes its number. */
    private static String escaped(String sentence) {
        return BREAKING.matcher(sentence)
                .replaceAll(found -> String.format("<U+%04X>", found.group().codePointAt(0)));
    }
}
