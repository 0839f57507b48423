package io.foundling.console.model.query;

import io.foundling.audit.Status;
import java.util.List;

/**
 * How many subjects of a stage await in a status.
 *
 * @param byAge for each band of ages, the youngest first
 */
public record AwaitingCount(String source, String stage, Status status, List<Long> byAge) {

    public AwaitingCount {
        byAge = List.copyOf(byAge);
    }

    public long all() {
        return byAge.stream().mapToLong(Long::longValue).sum();
    }
}
