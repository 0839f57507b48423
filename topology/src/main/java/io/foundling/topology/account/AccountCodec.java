package io.foundling.topology.account;

import io.foundling.audit.Status;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredAccount;
import io.foundling.topology.store.stored.StoredFigures;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Bytes of accounts, stored and sent. Not thread-safe. */
public final class AccountCodec {

    private final VersionedCodec<StoredAccount> codec = new VersionedCodec<>(StoredAccount.class, "account", 3);

    /** Returns the bytes of an account. */
    public byte[] encode(Account account) {
        return codec.encode(stored(account));
    }

    /**
     * Returns the account that bytes hold.
     *
     * @throws IllegalStateException if they were written by a newer version or are damaged
     */
    public Account decode(byte[] bytes) {
        return account(codec.decode(bytes));
    }

    private static StoredAccount stored(Account account) {
        return new StoredAccount(
                account.group(),
                account.partition(),
                account.count(),
                account.samples(),
                account.incomplete(),
                account.changedAtMs(),
                account.settlement().map(AccountCodec::stored).orElse(null),
                account.parentClosed(),
                account.named().findings());
    }

    public static StoredFigures stored(Figures figures) {
        Map<String, Long> returned = figures.returned().entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue));
        return new StoredFigures(
                figures.version(),
                figures.partitions(),
                figures.closedAtMs(),
                figures.outcome().name(),
                figures.expected(),
                returned,
                figures.moved(),
                figures.orphaned(),
                figures.members().unannounced(),
                figures.members().named(),
                figures.members().neverBegan());
    }

    private static Account account(StoredAccount stored) {
        return new Account(
                stored.getGroup(),
                stored.getPartition(),
                stored.getCount(),
                stored.getParentClosed(),
                new Samples(stored.getSamples(), new TreeMap<>(stored.getFindings())),
                stored.getIncomplete(),
                stored.getChangedAtMs(),
                Optional.ofNullable(stored.getSettlement()).map(AccountCodec::figures));
    }

    public static Figures figures(StoredFigures stored) {
        SortedMap<Status, Long> returned = new TreeMap<>();
        stored.getReturned().forEach((status, count) -> returned.put(Status.valueOf(status), count));
        return new Figures(
                stored.getVersion(),
                stored.getPartitions(),
                stored.getClosedAtMs(),
                Status.valueOf(stored.getOutcome()),
                stored.getExpected(),
                new MemberCounts(
                        returned,
                        stored.getMoved(),
                        stored.getOrphaned(),
                        stored.getUnannounced(),
                        stored.getNamed(),
                        stored.getNeverBegan()));
    }
}
