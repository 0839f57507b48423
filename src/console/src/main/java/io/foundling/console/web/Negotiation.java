package io.foundling.console.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** Chooses the form of an answer by the header Accept. */
final class Negotiation {

    private Negotiation() {}

    /**
     * Returns the media type that the caller likes best.
     *
     * @param accept values of the header; empty: the default is as good as any
     * @param offered the default first
     * @throws ProblemException if the caller accepts none of them
     */
    static String choose(List<String> accept, List<String> offered) {
        if (accept.isEmpty()) {
            return offered.get(0);
        }
        QuotedQualityCSV wanted = new QuotedQualityCSV();
        wanted.addValue(String.join(",", accept));
        return wanted.getValues().stream()
                .flatMap(range -> match(range, offered).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.of(
                        406,
                        "Accept is " + Shown.of(String.join(", ", accept)) + ", must allow one of "
                                + String.join(", ", offered)));
    }

    /** Whether a caller likes a page more than JSON: browsers do; a program that takes anything does not. */
    static boolean prefersPage(List<String> accept) {
        QuotedQualityCSV wanted = new QuotedQualityCSV();
        wanted.addValue(String.join(",", accept));
        return wanted.getValues().stream()
                .flatMap(range -> match(range, List.of(MediaTypes.PROBLEM, MediaTypes.JSON, MediaTypes.HTML)).stream())
                .findFirst()
                .filter(MediaTypes.HTML::equals)
                .isPresent();
    }

    private static Optional<String> match(String range, List<String> offered) {
        String type = range.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (type.equals("*/*")) {
            return Optional.of(offered.get(0));
        }
        String prefix = type.endsWith("/*") ? type.substring(0, type.length() - 1) : type + "\0";
        return offered.stream()
                .filter(each -> each.equals(type) || each.startsWith(prefix))
                .findFirst();
    }
}
