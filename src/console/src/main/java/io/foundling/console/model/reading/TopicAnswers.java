package io.foundling.console.model.reading;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;

/** What the broker says about topics: which they are, and how long they keep tombstones. */
interface TopicAnswers extends AutoCloseable {

    /** Returns which topics there are, of those that are asked for. */
    Map<String, TopicDescription> descriptions(Collection<String> topics);

    Map<String, Duration> tombstonesKept(Collection<String> topics);

    @Override
    void close();
}
