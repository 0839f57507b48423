package io.foundling.service.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.common.Uuid;

/**
 * Finds out of which topic the ends of a partition are: it asks for the id of the topic after the ends were answered. If
 * the id is the one from before then, it was so in between, since an id never comes back. One question at a time is
 * asked about a topic, for all the answers that wait for it.
 */
final class TopicIdentities {

    private final SourceQuestions questions;
    private final Executor answers;
    private final Listener listener;
    private final Map<String, List<EndsAnswer>> waiting = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** Gets each answer back, with the id of its topic or else with the failure. */
    interface Listener {
        void identified(EndsAnswer answer, Uuid topicId, Throwable failure);
    }

    TopicIdentities(SourceQuestions questions, Executor answers, Listener listener) {
        this.questions = questions;
        this.answers = answers;
        this.listener = listener;
    }

    void identify(EndsAnswer answer) {
        String topic = answer.partition().topic();
        waiting.computeIfAbsent(topic, unknown -> new ArrayList<>()).add(answer);
        ask(topic);
    }

    private void ask(String topic) {
        if (asked.contains(topic) || !waiting.containsKey(topic)) {
            return;
        }
        CompletionStage<Uuid> question = questions.topicId(topic);
        List<EndsAnswer> batch = waiting.remove(topic);
        asked.add(topic);
        question.whenCompleteAsync(
                (topicId, failure) -> {
                    asked.remove(topic);
                    batch.forEach(answer -> listener.identified(answer, topicId, failure));
                    ask(topic);
                },
                answers);
    }
}
