package io.foundling.console.pages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The fields that the forms of acts have, and the bodies that the API gets of them. The API checks what was typed. */
final class ActFields {

    static final String ACT = "act";

    private static final String ID = "id";
    private static final String REASON = "reason";
    private static final String METADATA = "metadata";
    private static final Map<String, List<String>> FIELDS = Map.of(
            "extend", List.of("until", REASON),
            "expect", List.of("by", REASON),
            "annotate", List.of(METADATA, REASON));
    private static final Map<String, String> LABELS = Map.of(
            "until", "New deadline", "by", "Begun by", METADATA, "Metadata, one name=value a line", REASON, "Reason");
    private static final Map<String, String> EXAMPLES =
            Map.of("until", "6h", "by", "6h", METADATA, "ticket=OPS-12", REASON, "");

    private ActFields() {}

    /**
     * Returns the forms of some acts. One that was refused is among them, with what was typed.
     *
     * @param action where they are sent to
     * @param button what all buttons say; none: what the act is
     */
    static List<ActForm> forms(
            List<String> acts, String action, Optional<String> button, Visitor visitor, Optional<Refused> refused) {
        List<String> all = new ArrayList<>(acts);
        refused.map(Refused::act).filter(act -> !all.contains(act)).ifPresent(all::add);
        return all.stream()
                .map(act -> form(
                        act,
                        action,
                        button.orElseGet(() -> Words.of(act)),
                        visitor,
                        refused.filter(sent -> sent.act().equals(act))))
                .toList();
    }

    private static ActForm form(String act, String action, String button, Visitor visitor, Optional<Refused> refused) {
        List<Field> fields =
                names(act).stream().map(name -> field(name, refused)).toList();
        boolean isShown = fields.stream().anyMatch(field -> field.fault().isPresent());
        return new ActForm(
                act,
                action,
                button,
                visitor.formToken(),
                refused.flatMap(sent -> sent.form().found(ID))
                        .orElseGet(() -> UUID.randomUUID().toString()),
                fields,
                refused.map(sent -> sent.problem().detail()).filter(detail -> !isShown));
    }

    private static List<String> names(String act) {
        return FIELDS.getOrDefault(act, List.of(REASON));
    }

    private static Field field(String name, Optional<Refused> refused) {
        return new Field(
                name,
                LABELS.get(name),
                refused.map(sent -> sent.form().text(name)).orElse(""),
                List.of(),
                false,
                EXAMPLES.get(name),
                refused.stream()
                        .flatMap(sent -> sent.problem().errors().stream())
                        .filter(fault -> fault.parameter().equals(name))
                        .map(Problem.Fault::detail)
                        .findFirst());
    }

    /**
     * Returns the body for the API. The id of the act follows from that of the form and from all that was typed: what is
     * sent twice is one act, and what was changed in between is another one.
     *
     * @param filter of the subjects; none if the act is for one
     * @throws ProblemException if metadata are not as the form has them
     */
    static ObjectNode json(Form form, Optional<ObjectNode> filter) {
        String act = form.text(ACT);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(ACT, act);
        for (String name : names(act)) {
            if (name.equals(METADATA)) {
                json.set(METADATA, metadata(form.text(METADATA)));
            } else {
                form.found(name).ifPresent(text -> json.put(name, text));
            }
        }
        filter.ifPresent(subjects -> json.set("filter", subjects));
        String sent = form.found(ID).orElseGet(() -> UUID.randomUUID().toString()) + json;
        return json.put(
                ID,
                UUID.nameUUIDFromBytes(sent.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static ObjectNode metadata(String lines) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            String name = line.substring(0, Math.max(0, equals)).strip();
            if (name.isEmpty() || metadata.has(name)) {
                throw new ProblemException(Problem.wrongInput(List.of(new Problem.Fault(
                        METADATA,
                        "metadata has the line " + Shown.of(line)
                                + ", must have lines such as ticket=OPS-12, each name once"))));
            }
            metadata.put(name, line.substring(equals + 1).strip());
        });
        return metadata;
    }
}
