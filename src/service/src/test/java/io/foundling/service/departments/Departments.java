package io.foundling.service.departments;

import io.foundling.service.it.rig.DeclarationLine;
import io.foundling.service.it.rig.DeclarationLog;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The log of declarations as work of departments. A declaration waits for the department that acts next; the log shows
 * which one that was, as whoever hands it on would know. If nobody acted any more, it waits for the one that usually does.
 *
 * @param waits in order of their beginnings
 * @param days by department: when it acted first on each day on which it did
 */
record Departments(List<Wait> waits, Map<String, Map<LocalDate, Instant>> days) {

    static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final Map<String, String> BY_ROLE = Map.of(
            "ADMINISTRATION", "administration",
            "BUDGET OWNER", "budget-owner",
            "PRE_APPROVER", "pre-approver",
            "SUPERVISOR", "supervisor",
            "MISSING", "finance");

    /**
     * A declaration waits for a department.
     *
     * @param until when the department acted; none if it never did
     */
    record Wait(String department, String declaration, Instant since, Optional<Instant> until) {}

    static Departments of(DeclarationLog log) {
        Map<String, List<DeclarationLine>> cases = new LinkedHashMap<>();
        Map<String, Map<LocalDate, Instant>> days = new TreeMap<>();
        for (DeclarationLine line : log.lines()) {
            cases.computeIfAbsent(line.declaration(), first -> new ArrayList<>())
                    .add(line);
            Instant at = at(line);
            acting(line)
                    .ifPresent(department -> days.computeIfAbsent(department, first -> new TreeMap<>())
                            .putIfAbsent(LocalDate.ofInstant(at, ZONE), at));
        }
        List<Wait> waits = new ArrayList<>();
        cases.values().forEach(lines -> addWaits(lines, waits));
        waits.sort((one, other) -> one.since().compareTo(other.since()));
        return new Departments(waits, days);
    }

    private static void addWaits(List<DeclarationLine> lines, List<Wait> waits) {
        for (int i = 0; i < lines.size(); i++) {
            DeclarationLine line = lines.get(i);
            Optional<DeclarationLine> next = i + 1 < lines.size() ? Optional.of(lines.get(i + 1)) : Optional.empty();
            Optional<String> department = next.isPresent() ? acting(next.get()) : usuallyNext(line.activity());
            department.ifPresent(
                    found -> waits.add(new Wait(found, line.declaration(), at(line), next.map(Departments::at))));
        }
    }

    private static Instant at(DeclarationLine line) {
        return Instant.ofEpochMilli(line.occurredAtMs());
    }

    /** Returns the department that acts; none if that is an employee. */
    private static Optional<String> acting(DeclarationLine line) {
        return switch (line.activity()) {
            case "Request Payment" -> Optional.of("finance");
            case "Payment Handled" -> Optional.of("payment-run");
            default -> Optional.ofNullable(BY_ROLE.get(line.role()));
        };
    }

    private static Optional<String> usuallyNext(String activity) {
        if (activity.contains("SUBMITTED")) {
            return Optional.of("administration");
        } else if (activity.contains("FINAL_APPROVED")) {
            return Optional.of("finance");
        } else if (activity.contains("APPROVED")) {
            return Optional.of("supervisor");
        }
        return activity.equals("Request Payment") ? Optional.of("payment-run") : Optional.empty();
    }
}
