package io.foundling.service.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Pages;
import io.foundling.service.asking.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the sources and stages that belong to somebody. Policies say so, as labels of alerts (rule A14); orphans have no
 * labels, but the alert ORPHANED of their source and stage has.
 */
public final class LabelledStages {

    private final ConsoleClient client;

    public LabelledStages(ConsoleClient client) {
        this.client = client;
    }

    private record Stage(String source, String stage) {}

    /**
     * Returns the question for each source and stage for which an alert with all the labels fires; none if there is no
     * such alert.
     *
     * @throws io.foundling.service.asking.AskingException if an answer is missing
     */
    public List<Question> narrow(Question question, Map<String, String> labels) {
        Set<Stage> stages = new LinkedHashSet<>();
        Question firing = Question.of("alerts").with("status", "FIRING").with("type", "ORPHANED");
        new Pages(client).read(firing, true, Optional.empty(), part -> {
            part.rows().stream().filter(alert -> hasAll(alert, labels)).forEach(alert -> stages.add(stage(alert)));
            return Optional.empty();
        });
        return stages.stream()
                .filter(stage -> agrees(question, "source", stage.source()))
                .filter(stage -> agrees(question, "stage", stage.stage()))
                .map(stage -> question.with("source", stage.source()).with("stage", stage.stage()))
                .toList();
    }

    private static boolean hasAll(ObjectNode alert, Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(label ->
                        alert.path("labels").path(label.getKey()).asText().equals(label.getValue()));
    }

    private static Stage stage(ObjectNode alert) {
        return new Stage(
                alert.at("/labels/source").asText(), alert.at("/labels/stage").asText());
    }

    private static boolean agrees(Question question, String parameter, String value) {
        return question.parameters().getOrDefault(parameter, value).equals(value);
    }
}
