package io.foundling.topology.account;

import java.util.List;
import java.util.Optional;

/**
 * Accounts of one group, added up.
 *
 * @param parentClosed for ORPHANED: those of the count that were not back when their parent closed
 * @param samples the first keys that count in any of them, in order
 * @param incomplete whether any of them is incomplete
 * @param settlement for SETTLEMENT only
 */
public record Total(
        long count, long parentClosed, List<String> samples, boolean incomplete, Optional<Figures> settlement) {

    public Total {
        samples = List.copyOf(samples);
    }

    /**
     * Adds accounts up and keeps up to {@code limit} samples. As each account names its first keys, these are the first
     * of all.
     */
    public static Total of(List<Account> accounts, int limit) {
        return new Total(
                accounts.stream().mapToLong(Account::count).sum(),
                accounts.stream().mapToLong(Account::parentClosed).sum(),
                accounts.stream()
                        .flatMap(account -> account.samples().stream())
                        .distinct()
                        .sorted()
                        .limit(limit)
                        .toList(),
                accounts.stream().anyMatch(Account::incomplete),
                accounts.stream()
                        .flatMap(account -> account.settlement().stream())
                        .reduce(Figures::plus));
    }

    /** Returns the same with another count and at most {@code limit} samples. */
    public Total counting(long newCount, int limit) {
        return new Total(newCount, parentClosed, samples.stream().limit(limit).toList(), incomplete, settlement);
    }
}
