package io.foundling.service.it.rig;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A log of the shape of the real one, from a seed: handed in, approved by two to four departments or rejected, paid, or
 * forgotten. Nobody works on Saturdays and Sundays.
 */
public final class MadeUpDeclarations {

    public static final long SEED = 20170109;

    private static final int CASES = 4_000;
    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final Instant BEGIN = Instant.parse("2017-01-09T08:00:00Z");
    private static final Duration SPAN = Duration.ofDays(730);

    private final Random random = new Random(SEED);
    private final List<String> lines = new ArrayList<>();
    private int steps;

    private MadeUpDeclarations() {}

    /** Returns the lines in order of time. */
    public static List<DeclarationLine> lines() {
        MadeUpDeclarations log = new MadeUpDeclarations();
        for (int number = 0; number < CASES; number++) {
            log.add("declaration" + (80_000 + number));
        }
        return log.lines.stream()
                .map(DeclarationLine::parse)
                .sorted(Comparator.comparing(DeclarationLine::occurredAtMs))
                .toList();
    }

    private void add(String declaration) {
        Instant at = BEGIN.plusSeconds(random.nextLong(SPAN.toSeconds()));
        if (random.nextInt(75) == 0) {
            line(declaration, "Declaration SAVED by EMPLOYEE", "EMPLOYEE", at);
            return;
        }
        boolean approved = false;
        for (int attempt = 1; attempt <= 3 && !approved; attempt++) {
            at = later(at, 3);
            line(declaration, "Declaration SUBMITTED by EMPLOYEE", "EMPLOYEE", at);
            at = later(at, 6);
            approved = random.nextInt(8) > 0;
            if (approved) {
                line(declaration, "Declaration APPROVED by ADMINISTRATION", "ADMINISTRATION", at);
                at = perhapsApproved(declaration, "BUDGET OWNER", at, 6);
                at = perhapsApproved(declaration, "PRE_APPROVER", at, 12);
                at = later(at, 6);
                line(declaration, "Declaration FINAL_APPROVED by SUPERVISOR", "SUPERVISOR", at);
            } else {
                line(declaration, "Declaration REJECTED by SUPERVISOR", "SUPERVISOR", at);
            }
        }
        if (approved && random.nextInt(50) > 0) {
            at = later(at, 2);
            line(declaration, "Request Payment", "UNDEFINED", at);
            if (random.nextInt(50) > 0) {
                line(declaration, "Payment Handled", "UNDEFINED", later(at, 3));
            }
        }
    }

    private Instant perhapsApproved(String declaration, String role, Instant submitted, int days) {
        if (random.nextInt(4) > 0) {
            return submitted;
        }
        Instant at = later(submitted, days);
        line(declaration, "Declaration APPROVED by " + role, role, at);
        return at;
    }

    /** Most things take about a day times {@code days}, a few very long. */
    private Instant later(Instant at, int days) {
        double share = -Math.log(1 - random.nextDouble());
        Instant then = at.plusMillis(1 + (long) (share * Duration.ofDays(days).toMillis()));
        return then.atZone(ZONE).getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? then.plus(Duration.ofDays(2)) : then;
    }

    private void line(String declaration, String activity, String role, Instant at) {
        lines.add(
                "{\"case\":\"%s\",\"step\":\"st_step %d\",\"activity\":\"%s\",\"timestamp\":\"%s\",\"role\":\"%s\",\"amount\":\"%.2f\"}"
                        .formatted(
                                declaration,
                                steps++,
                                activity,
                                FORMAT.format(OffsetDateTime.ofInstant(at, ZONE)),
                                role,
                                random.nextDouble() * 500));
    }
}
