package io.foundling.console.model.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The answers of a broker. */
final class BrokerAnswers implements TopicAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DELETE_RETENTION = "delete.retention.ms";

    private final Admin admin;

    BrokerAnswers(Map<String, Object> kafka) {
        admin = Admin.create(kafka);
    }

    @Override
    public Map<String, TopicDescription> descriptions(Collection<String> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                found.put(topic, answer(description));
            } catch (UnknownTopicOrPartitionException missing) {
                // It is left out.
            }
        });
        return found;
    }

    @Override
    public Map<String, Duration> tombstonesKept(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Duration> kept = new HashMap<>();
        answer(admin.describeConfigs(resources).all())
                .forEach((resource, config) -> kept.put(
                        resource.name(),
                        Duration.ofMillis(
                                Long.parseLong(config.get(DELETE_RETENTION).value()))));
        return kept;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException known ? known : new KafkaException(failed.getCause());
        } catch (TimeoutException silent) {
            throw new KafkaException("the broker did not answer within " + PATIENCE.toSeconds() + " s", silent);
        } catch (InterruptedException stopping) {
            throw new InterruptException(stopping);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
