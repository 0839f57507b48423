package io.foundling.console.model.reading;

import io.foundling.console.model.database.Database;
import io.foundling.console.model.position.Position;
import io.foundling.console.model.position.Positions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether all processes of the group together have read everything that there was at the beginning. They answer from
 * one database, so a process is no further than the last of them. One thread.
 */
final class GroupProgress {

    private static final Duration FOUND_WELL = Duration.ofSeconds(10);
    private static final Duration FOUND_WANTING = Duration.ofSeconds(1);

    private final Database database;
    private final Set<String> compacted;
    private final InstantSource clock;
    private Optional<String> problem = Optional.empty();
    private long nextLookMs = Long.MIN_VALUE;

    GroupProgress(Database database, List<ModelTopic<?>> topics, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        compacted = topics.stream()
                .filter(topic -> topic.table().isCompacted())
                .map(ModelTopic::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns why the database is not up to date, as it was seen lately. */
    Optional<String> problem(Collection<TopicDescription> topics) {
        long nowMs = clock.millis();
        if (nowMs >= nextLookMs) {
            problem = look(topics);
            nextLookMs = nowMs + (problem.isEmpty() ? FOUND_WELL : FOUND_WANTING).toMillis();
        }
        return problem;
    }

    private Optional<String> look(Collection<TopicDescription> topics) {
        Set<TopicPartition> unread = new HashSet<>();
        for (TopicDescription topic : topics) {
            for (int partition = 0; partition < topic.partitions().size(); partition++) {
                unread.add(new TopicPartition(topic.name(), partition));
            }
        }
        List<TopicPartition> unswept = new ArrayList<>();
        for (Position position : database.read(Positions::all)) {
            TopicPartition partition = new TopicPartition(position.topic(), position.partition());
            if (position.hasCaughtUp()) {
                unread.remove(partition);
            }
            if (compacted.contains(position.topic()) && !position.swept()) {
                unswept.add(partition);
            }
        }
        if (!unread.isEmpty()) {
            return Optional.of(
                    "waits until its group has read what there was at the start: partitions of " + topics(unread));
        }
        return unswept.isEmpty()
                ? Optional.empty()
                : Optional.of("still holds rows that are out of date, which are being deleted: of " + topics(unswept));
    }

    private static String topics(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
