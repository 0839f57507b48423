package io.foundling.topology.account;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Accounts of one group, added up.
 *
 * @param parentClosed for ORPHANED: those of the count that were not back when their parent closed
 * @param named the first that count in any of them, in order
 * @param incomplete whether any of them is incomplete
 * @param settlement for SETTLEMENT only
 */
public record Total(long count, long parentClosed, Samples named, boolean incomplete, Optional<Figures> settlement) {

    /** Makes one without findings. */
    public Total(
            long count, long parentClosed, List<String> samples, boolean incomplete, Optional<Figures> settlement) {
        this(count, parentClosed, Samples.of(samples), incomplete, settlement);
    }

    /**
     * Adds accounts up and keeps up to {@code limit} samples. As each account names its first keys, these are the first
     * of all.
     */
    public static Total of(List<Account> accounts, int limit) {
        return new Total(
                accounts.stream().mapToLong(Account::count).sum(),
                accounts.stream().mapToLong(Account::parentClosed).sum(),
                named(accounts).first(limit),
                accounts.stream().anyMatch(Account::incomplete),
                accounts.stream()
                        .flatMap(account -> account.settlement().stream())
                        .reduce(Figures::plus));
    }

    /** Returns the same with another count and at most {@code limit} samples. */
    public Total counting(long newCount, int limit) {
        return new Total(newCount, parentClosed, named.first(limit), incomplete, settlement);
    }

    private static Samples named(List<Account> accounts) {
        SortedMap<String, String> findings = new TreeMap<>();
        accounts.forEach(account -> findings.putAll(account.named().findings()));
        List<String> keys = accounts.stream()
                .flatMap(account -> account.samples().stream())
                .distinct()
                .sorted()
                .toList();
        return new Samples(keys, findings);
    }

    /** Returns the keys of the first that count in any of them. */
    public List<String> samples() {
        return named.keys();
    }
}
