package io.foundling.service.command;

import io.foundling.client.spool.SpoolContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines that describe spools. Pure functions. */
final class SpoolLines {

    private SpoolLines() {}

    static List<String> of(SpoolContent spool) {
        List<String> lines = new ArrayList<>();
        lines.add(spool.directory().toString());
        lines.add("  waiting    " + events(spool.events()) + ", " + number(spool.bytes()) + " bytes");
        spool.times().ifPresent(times -> lines.add("  occurred   " + times.first() + " to " + times.last()));
        if (!spool.producers().isEmpty()) {
            lines.add("  producer   " + String.join(", ", spool.producers()));
        }
        lines.add("  recorder   " + recorder(spool));
        if (!spool.damage().isNone()) {
            lines.add("  damaged    " + damage(spool.damage()));
        }
        return lines;
    }

    static String total(List<SpoolContent> spools) {
        List<SpoolContent> ended =
                spools.stream().filter(spool -> !spool.inUse()).toList();
        return "together " + events(sum(spools)) + " in " + spools.size() + " spools; " + events(sum(ended))
                + " left by recorders that have ended";
    }

    static String events(long events) {
        return events == 1 ? "1 event" : number(events) + " events";
    }

    private static long sum(List<SpoolContent> spools) {
        return spools.stream().mapToLong(SpoolContent::events).sum();
    }

    private static String recorder(SpoolContent spool) {
        if (spool.inUse()) {
            return "running: it holds the lock and sends the events itself";
        }
        return spool.events() > 0
                ? "ended: the next one sends the events, or: foundling spool send " + spool.directory()
                : "ended, and nothing waits";
    }

    private static String damage(SpoolContent.Damage damage) {
        List<String> parts = new ArrayList<>();
        if (damage.bytes() > 0) {
            parts.add(number(damage.bytes()) + " bytes that are no event are skipped when it is sent");
        }
        if (damage.events() > 0) {
            parts.add(events(damage.events()) + " cannot be decoded and will be lost");
        }
        if (!damage.files().isEmpty()) {
            parts.add("set aside, to be examined or deleted by you: "
                    + String.join(
                            ", ",
                            damage.files().stream()
                                    .map(file -> file.getFileName().toString())
                                    .toList()));
        }
        return String.join("; ", parts);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
