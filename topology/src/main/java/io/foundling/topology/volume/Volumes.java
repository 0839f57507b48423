package io.foundling.topology.volume;

import io.foundling.audit.AlertType;
import io.foundling.audit.Subject;
import io.foundling.schemas.SubjectKey;
import io.foundling.topology.account.AccountStore;
import io.foundling.topology.account.Group;
import io.foundling.topology.lifecycle.Decision;
import io.foundling.topology.lifecycle.Fact;
import io.foundling.topology.lifecycle.FactType;
import io.foundling.topology.settings.Volume;
import io.foundling.topology.store.StoreKeys;
import io.foundling.topology.store.StoredEntries;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredSample;
import io.foundling.topology.store.stored.StoredSamples;
import io.foundling.topology.task.TaskClock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Keeps what the completions of declared scopes counted, and counts the scopes whose latest one is an anomaly (rules C3
 * and C4). The completion of a declared scope costs one read and one write of its samples where its policy asks for it,
 * and one read otherwise; any other event costs nothing. For the stream thread of the ledger task.
 */
public final class Volumes {

    private final TaskClock clock;
    private final StoredEntries entries;
    private final AccountStore accounts;
    private final VersionedCodec<StoredSamples> codec = new VersionedCodec<>(StoredSamples.class);

    public Volumes(TaskClock clock, StoredEntries entries, AccountStore accounts) {
        this.clock = clock;
        this.entries = entries;
        this.accounts = accounts;
    }

    /**
     * Follows a decision on an event.
     *
     * @param policy of the subject
     */
    public void follow(String subjectKey, Optional<Fact> read, Decision decision, Optional<Volume> policy) {
        if (!SubjectKey.isOfScope(subjectKey) || !decision.changesFacts()) {
            return;
        }
        if (!decision.scope().isDeclared()) {
            if (decision.before().disposition().isDeclared()) {
                forget(subjectKey);
            }
        } else if (read.isPresent() && read.get().type() == FactType.COMPLETED) {
            completed(subjectKey, read.get(), policy);
        }
    }

    private void completed(String scopeKey, Fact completed, Optional<Volume> policy) {
        if (policy.isEmpty()) {
            count(scopeKey, Optional.empty());
            return;
        }
        Samples before = load(scopeKey);
        Samples after = before.with(sample(completed, policy.get()));
        if (!after.equals(before)) {
            entries.bytes().put(StoreKeys.samples(scopeKey), codec.encode(stored(after)));
        }
        count(scopeKey, new VolumeRules(policy.get()).finding(after));
    }

    private static Sample sample(Fact completed, Volume policy) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(completed.occurredAtMs()), policy.zone());
        return new Sample(
                day,
                completed.occurredAtMs(),
                completed.eventId(),
                completed.numbers().counts());
    }

    private void count(String scopeKey, Optional<String> finding) {
        Subject scope = SubjectKey.parse(scopeKey);
        Group group = Group.of(AlertType.VOLUME_ANOMALY, scope.getSource(), scope.getStage());
        accounts.count(group, scopeKey, finding, clock.wallMs());
    }

    /** Forgets everything about a scope. */
    public void forget(String scopeKey) {
        if (SubjectKey.isOfScope(scopeKey)) {
            count(scopeKey, Optional.empty());
            entries.bytes().delete(StoreKeys.samples(scopeKey));
        }
    }

    private Samples load(String scopeKey) {
        return entries.get(StoreKeys.samples(scopeKey), bytes -> samples(codec.decode(bytes)), Samples.NONE);
    }

    private static Samples samples(StoredSamples stored) {
        return new Samples(stored.getSamples().stream()
                .map(each -> new Sample(
                        LocalDate.ofEpochDay(each.getDay()),
                        each.getOccurredAtMs(),
                        new UUID(each.getEventIdHigh(), each.getEventIdLow()),
                        new TreeMap<>(each.getCounts())))
                .toList());
    }

    private static StoredSamples stored(Samples samples) {
        return new StoredSamples(samples.all().stream()
                .map(each -> new StoredSample(
                        Math.toIntExact(each.day().toEpochDay()),
                        each.occurredAtMs(),
                        each.eventId().getMostSignificantBits(),
                        each.eventId().getLeastSignificantBits(),
                        each.counts()))
                .toList());
    }
}
