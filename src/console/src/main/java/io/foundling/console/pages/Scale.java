package io.foundling.console.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where moments are in the picture of a timeline, and which of them its axis names. Pure. */
record Scale(Instant from, Instant to) {

    private static final int TICKS = 7;
    private static final long[] STEPS_S = {
        1,
        2,
        5,
        10,
        30,
        60,
        120,
        300,
        600,
        1_800,
        3_600,
        7_200,
        21_600,
        43_200,
        86_400,
        172_800,
        604_800,
        1_209_600,
        2_592_000,
        7_776_000,
        31_536_000,
        315_360_000,
        3_153_600_000L
    };
    private static final long DAY_S = 86_400;
    private static final long MINUTE_S = 60;

    /** Makes one with some room at its end. */
    static Scale of(Instant from, Instant to) {
        long ms = Math.max(1_000, Duration.between(from, to).toMillis());
        return new Scale(from, from.plusMillis(ms + ms / 25));
    }

    int x(Instant at) {
        double part = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        int width = Timeline.RIGHT - Timeline.LEFT;
        return Timeline.LEFT + (int) Math.round(Math.max(0, Math.min(1, part)) * width);
    }

    List<Timeline.Tick> ticks() {
        long span = Duration.between(from, to).toSeconds();
        long step = STEPS_S[STEPS_S.length - 1];
        for (long each : STEPS_S) {
            if (span / each <= TICKS) {
                step = each;
                break;
            }
        }
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern(step, span), Locale.ENGLISH).withZone(ZoneOffset.UTC);
        List<Timeline.Tick> ticks = new ArrayList<>();
        long first = Math.floorDiv(from.getEpochSecond(), step) * step + step;
        for (long at = first; at <= to.getEpochSecond() && ticks.size() <= TICKS; at += step) {
            Instant moment = Instant.ofEpochSecond(at);
            ticks.add(new Timeline.Tick(x(moment), format.format(moment)));
        }
        return ticks;
    }

    private static String pattern(long step, long span) {
        if (step >= DAY_S) {
            return span > 300 * DAY_S ? "d MMM uuuu" : "d MMM";
        }
        if (step < MINUTE_S) {
            return "HH:mm:ss";
        }
        return span > DAY_S ? "d MMM HH:mm" : "HH:mm";
    }
}
