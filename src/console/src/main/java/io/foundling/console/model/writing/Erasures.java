package io.foundling.console.model.writing;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Erased;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.console.model.database.Database;
import io.foundling.console.model.database.Lock;
import io.foundling.console.model.table.Entry;
import io.foundling.console.model.table.Table;
import io.foundling.console.model.table.Tables;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.ledger.SubjectRules;
import io.foundling.topology.store.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Keeps erased subjects out of the trail (rule R5): an Erased deletes what the trail has of its subject, and what is
 * read later and was appended up to {@code retention.memory} after it is left out. Only a hash of the key stays.
 */
final class Erasures {

    private static final int NAMES_A_QUESTION = 500;
    private static final int MAX_ATTEMPT = 10_000;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private final Database database;
    private final long lastsMs;

    Erasures(Database database, Duration lasts) {
        this.database = database;
        lastsMs = lasts.toMillis();
    }

    /** Applies the Erased events of a batch, and returns the entries of subjects that are not erased. */
    <T> List<Entry<T>> apply(Handle handle, Batch<T> batch) {
        List<Entry<T>> erasing = batch.entries().stream()
                .filter(entry -> isErased(batch.table(), entry))
                .toList();
        database.lock(handle, Lock.ERASURES, !erasing.isEmpty());
        for (Entry<T> entry : erasing) {
            erase(handle, entry.key(), entry.origin().writtenMs());
        }
        return withoutErased(handle, batch.table(), batch.entries());
    }

    /** The ledger refuses the others (rule L2). */
    private static <T> boolean isErased(Table<T> table, Entry<T> entry) {
        return entry.value() instanceof AuditEvent event
                && event.getBody() instanceof Erased
                && table.subjectKey(entry).equals(entry.key())
                && isApplied(event);
    }

    private static boolean isApplied(AuditEvent event) {
        Subject subject = event.getSubject();
        Integer attempt = event.getAttempt();
        return subject.getKind() != SubjectKind.UNKNOWN
                && isName(subject.getSource())
                && isName(subject.getStage())
                && !subject.getId().isEmpty()
                && SubjectKey.of(subject).length() <= SubjectRules.MAX_KEY_BYTES
                && !event.getOccurredAt().isBefore(EARLIEST)
                && (attempt == null || attempt >= 1 && attempt <= MAX_ATTEMPT);
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    /** A further Erased changes nothing while the former one is remembered. */
    private void erase(Handle handle, String subjectKey, long appendedMs) {
        long untilMs = appendedMs + lastsMs;
        int changed = handle.createUpdate("INSERT INTO erasure (name, until_ms) VALUES (:name, :until) ON CONFLICT"
                        + " (name) DO UPDATE SET until_ms = excluded.until_ms WHERE erasure.until_ms < :appended")
                .bind("name", Erasure.name(subjectKey))
                .bind("until", untilMs)
                .bind("appended", appendedMs)
                .execute();
        if (changed == 0) {
            return;
        }
        for (Table<?> table : Tables.trail()) {
            handle.createUpdate("DELETE FROM " + table.name() + " WHERE subject_key = :key AND appended_ms <= :until")
                    .bind("key", subjectKey)
                    .bind("until", untilMs)
                    .execute();
        }
    }

    private static <T> List<Entry<T>> withoutErased(Handle handle, Table<T> table, List<Entry<T>> entries) {
        if (handle.createQuery("SELECT 1 FROM erasure LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isEmpty()) {
            return entries;
        }
        Map<String, String> names = new HashMap<>();
        for (Entry<T> entry : entries) {
            String key = table.subjectKey(entry);
            if (key != null) {
                names.computeIfAbsent(key, Erasure::name);
            }
        }
        Map<String, Long> erased = untilMs(handle, new HashSet<>(names.values()));
        return entries.stream()
                .filter(entry -> {
                    String key = table.subjectKey(entry);
                    Long untilMs = key == null ? null : erased.get(names.get(key));
                    return untilMs == null || entry.origin().writtenMs() > untilMs;
                })
                .toList();
    }

    private static Map<String, Long> untilMs(Handle handle, Set<String> names) {
        Map<String, Long> erased = new HashMap<>();
        List<String> all = new ArrayList<>(names);
        for (int from = 0; from < all.size(); from += NAMES_A_QUESTION) {
            handle.createQuery("SELECT name, until_ms FROM erasure WHERE name IN (<names>)")
                    .bindList("names", all.subList(from, Math.min(all.size(), from + NAMES_A_QUESTION)))
                    .map((row, context) -> Map.entry(row.getString("name"), row.getLong("until_ms")))
                    .forEach(each -> erased.put(each.getKey(), each.getValue()));
        }
        return erased;
    }
}
