package io.foundling.console.policies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Makes JSON of the result of a trial: all of it. Times are texts in ISO 8601, durations are in milliseconds. */
public final class TrialJson {

    private TrialJson() {}

    /** @param changes says which policies are others */
    public static ObjectNode of(TrialReport report, String changes, List<String> notes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("policies", changes);
        json.put("since", report.window().since().toString());
        json.put("until", report.window().until().toString());
        ObjectNode trail = json.putObject("trail");
        report.coverage().first().ifPresent(first -> trail.put("since", first.toString()));
        trail.put("eventsBeforeWindow", report.coverage().leadIn());
        trail.put("eventsInWindow", report.coverage().inWindow());
        ArrayNode stages = json.putArray("stages");
        report.stages()
                .forEach(stage -> stages.addObject()
                        .put("source", stage.source())
                        .put("stage", stage.stage())
                        .put("before", stage.before())
                        .put("after", stage.after())
                        .put("added", stage.added())
                        .put("removed", stage.removed())
                        .put("earlier", stage.earlier())
                        .put("later", stage.later()));
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(each -> add(warnings.addObject(), each));
        ArrayNode alerts = json.putArray("alerts");
        report.alerts().forEach(each -> add(alerts.addObject(), each));
        json.putObject("reminders")
                .put("before", report.reminders().before())
                .put("after", report.reminders().after());
        ArrayNode sentences = json.putArray("notes");
        notes.forEach(sentences::add);
        return json;
    }

    private static void add(ObjectNode json, ChangedWarning each) {
        json.put("change", each.change().name());
        json.put("subject", each.id().subjectKey());
        json.put("attempt", each.id().attempt());
        json.put("status", each.id().status().name());
        json.put("extension", each.id().extension());
        add(json, "before", each.before());
        add(json, "after", each.after());
    }

    private static void add(ObjectNode json, String field, Optional<EmittedWarning> warning) {
        warning.ifPresent(found -> json.putObject(field)
                .put("rule", found.rule())
                .put("reason", found.reason().name())
                .put("enteredAt", found.enteredAt().toString())
                .put("limit", found.limit().toString())
                .put("emittedAt", found.emittedAt().toString())
                .put("end", found.end().name())
                .put("unknown", found.unknown()));
    }

    private static void add(ObjectNode json, ChangedAlert each) {
        json.put("key", each.key());
        addFirings(json, "before", each.before());
        addFirings(json, "after", each.after());
        ObjectNode labels = json.putObject("changedLabels");
        each.labels()
                .forEach((name, label) ->
                        labels.putObject(name).put("before", label.before()).put("after", label.after()));
    }

    private static void addFirings(ObjectNode json, String field, Optional<AlertFirings> firings) {
        firings.ifPresent(found -> {
            ObjectNode fired = json.putObject(field)
                    .put("times", found.times())
                    .put("lastingMs", found.lasting().toMillis())
                    .put("most", found.most());
            ObjectNode labels = fired.putObject("labels");
            found.labels().forEach(labels::put);
        });
    }
}
