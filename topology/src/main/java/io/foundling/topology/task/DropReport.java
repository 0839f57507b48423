package io.foundling.topology.task;

/**
 * How many events a reporter says it has dropped so far. A reporter is one instance of a service; its count grows until
 * it starts again, and then begins at 0.
 *
 * @param source source of the event that says so; empty: a further source, beyond {@code maxStages}
 * @param service what its producer calls the service
 * @param instance what its producer calls the instance
 * @param dropped the count, 0 or more
 * @param occurredAtMs when the event that says so occurred
 * @param appendedAtMs when it was appended
 */
public record DropReport(
        String source, String service, String instance, long dropped, long occurredAtMs, long appendedAtMs) {}
