package io.foundling.demo;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Sets what was seen beside what the pipeline intended. */
final class Summary {

    private Summary() {}

    static void print(Screen screen, Account expected, Account seen, OptionalDouble firstWarningSeconds) {
        screen.text("");
        screen.text(String.format(Locale.ROOT, "%-36s %9s %7s", "", "expected", "seen"));
        Account.rows(
                expected,
                seen,
                (name, pair) -> screen.text(String.format(
                        Locale.ROOT,
                        "%-36s %9d %7d%s",
                        name,
                        pair[0],
                        pair[1],
                        pair[0] == pair[1] ? "" : "  DIFFERS")));
        screen.text(String.format(
                Locale.ROOT,
                "%-36s %9d %7d",
                "orphans now",
                expected.orphans().size(),
                seen.orphans().size()));
        seen.orphans().forEach((key, status) -> screen.text("  " + key + "  " + status));
        screen.text(String.format(
                Locale.ROOT,
                "%-36s %9d %7d",
                "alerts now",
                expected.alerts().size(),
                seen.alerts().size()));
        seen.alerts().forEach((key, named) -> screen.text("  " + key + "  " + String.join(" ", named)));
        screen.text("");
        firstWarningSeconds.ifPresent(seconds -> screen.text(
                String.format(Locale.ROOT, "The first warning came %.1f s after the start of the command.", seconds)));
        List<String> differences = Account.differences(expected, seen);
        if (differences.isEmpty()) {
            screen.text("Everything is as the pipeline intended.");
        } else {
            screen.text("NOT as the pipeline intended:");
            differences.forEach(difference -> screen.text("  " + difference));
        }
    }
}
