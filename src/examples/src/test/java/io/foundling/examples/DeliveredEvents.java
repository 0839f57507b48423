package io.foundling.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.examples.DoomedService.Printed;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The numbers in the topic after kills, by subject, without the copies of an event: what was sent and not yet noted as
 * sent is sent again after the kill, with the same event id.
 */
record DeliveredEvents(Map<String, List<Integer>> numbers, int copies) {

    static DeliveredEvents of(Map<String, List<AuditEvent>> bySubject) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        bySubject.forEach((subject, all) -> numbers.put(subject, withoutCopies(all)));
        int all = bySubject.values().stream().mapToInt(Collection::size).sum();
        return new DeliveredEvents(numbers, all - count(numbers));
    }

    int events() {
        return count(numbers);
    }

    List<Printed> missing(List<Printed> promised) {
        Set<Printed> missing = new HashSet<>(promised);
        Map<String, Set<Integer>> found = new TreeMap<>();
        numbers.forEach((subject, each) -> found.put(subject, new HashSet<>(each)));
        missing.removeIf(each -> found.getOrDefault(each.subject(), Set.of()).contains(each.number()));
        return List.copyOf(missing);
    }

    /** One event id for each call, and the first copies in the order of the calls. */
    void requireOnceInOrder() {
        numbers.forEach(
                (subject, each) -> assertThat(each).as(subject).isSorted().doesNotHaveDuplicates());
    }

    private static List<Integer> withoutCopies(List<AuditEvent> events) {
        Map<UUID, Integer> firstOnes = new LinkedHashMap<>();
        events.forEach(event -> firstOnes.putIfAbsent(event.getEventId(), Integer.valueOf(event.getDetail())));
        return List.copyOf(firstOnes.values());
    }

    private static int count(Map<String, List<Integer>> numbers) {
        return numbers.values().stream().mapToInt(Collection::size).sum();
    }
}
