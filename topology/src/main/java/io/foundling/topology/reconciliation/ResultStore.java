package io.foundling.topology.reconciliation;

import io.foundling.audit.CheckType;
import io.foundling.topology.store.Expiry;
import io.foundling.topology.store.LedgerStore;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredResult;
import io.foundling.topology.store.stored.StoredResults;
import java.time.LocalDate;
import java.util.UUID;

/**
 * The results of checks in the ledger's store: one entry for each scope, and one in the expiry index. An entry that
 * cannot be decoded is set aside, and nothing is stored of its scope then (rule S2).
 */
final class ResultStore {

    private final StoredEntries entries;
    private final LedgerStore index;
    private final VersionedCodec<StoredResults> codec = new VersionedCodec<>(StoredResults.class);

    ResultStore(StoredEntries entries, LedgerStore index) {
        this.entries = entries;
        this.index = index;
    }

    StoredScope load(String scopeKey) {
        return entries.get(StoreKeys.results(scopeKey), this::decode, StoredScope.NONE);
    }

    private StoredScope decode(byte[] bytes) {
        StoredResults stored = codec.decode(bytes);
        return new StoredScope(
                new Results(
                        stored.getResults().stream().map(ResultStore::result).toList()),
                stored.getReadAtMs(),
                stored.getIndexedAtMs());
    }

    private static Result result(StoredResult stored) {
        return new Result(
                CheckType.valueOf(stored.getCheck()),
                LocalDate.ofEpochDay(stored.getRunDay()),
                stored.getOccurredAtMs(),
                new UUID(stored.getEventIdHigh(), stored.getEventIdLow()),
                stored.getFinding());
    }

    /** Replaces what was stored of a scope; it is due once the clock is past {@code dueMs}. */
    void save(String scopeKey, StoredScope before, Results results, long readAtMs, long dueMs) {
        long indexedAtMs = index.schedule(Expiry.Kind.RESULTS, scopeKey, before.indexedAtMs(), dueMs);
        StoredResults stored = new StoredResults(
                readAtMs,
                indexedAtMs,
                results.all().stream().map(ResultStore::stored).toList());
        entries.bytes().put(StoreKeys.results(scopeKey), codec.encode(stored));
    }

    private static StoredResult stored(Result result) {
        return new StoredResult(
                result.check().name(),
                Math.toIntExact(result.runDate().toEpochDay()),
                result.occurredAtMs(),
                result.eventId().getMostSignificantBits(),
                result.eventId().getLeastSignificantBits(),
                result.finding());
    }

    /** Deletes what was stored of a scope, and its entry in the expiry index, which names it. */
    void delete(String scopeKey, StoredScope before) {
        if (before.indexedAtMs() != Long.MAX_VALUE) {
            entries.bytes().delete(StoreKeys.expiry(before.indexedAtMs(), Expiry.Kind.RESULTS.indexKey(scopeKey)));
        }
        entries.bytes().delete(StoreKeys.results(scopeKey));
    }
}
