package io.foundling.console.api;

import io.foundling.console.json.JsonSchemas;
import io.foundling.console.model.query.LabelledStages;
import io.foundling.console.model.query.StageFilter;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.ParameterType;
import io.foundling.console.web.Request;
import io.foundling.topology.settings.PolicyAlert;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of lists that go by labels of policies. */
final class LabelInputs {

    private static final int MAX_VALUE = 1_000;

    /** A name has neither of the signs in it. */
    private static final Pattern NAME_AND_VALUE = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)[:=](.{1,1000})");

    private static final ParameterType<Label> TYPE = ParameterType.of(
            "the name and the value of a label, such as team:finance",
            LabelInputs::label,
            JsonSchemas.typed("string").put("example", "team:finance"));

    static final Parameter<String> OWNER = Parameter.query(
            PolicyAlert.OWNER,
            ParameterType.text(MAX_VALUE),
            "Only subjects of sources and stages to which the policies in force give this owner.");
    static final Parameter<Label> LABEL = Parameter.query(
            "label",
            TYPE,
            "Only subjects of sources and stages to which the policies in force give this label, as team:finance or"
                    + " team=finance.");

    /** A label that somebody looks for. */
    record Label(String name, String value) {}

    private LabelInputs() {}

    private static Optional<Label> label(String text) {
        Matcher matcher = NAME_AND_VALUE.matcher(text);
        return matcher.matches() ? Optional.of(new Label(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /**
     * Returns the stages with the labels that a request names. One that names two owners is for none.
     *
     * @param additions of the policies in force
     */
    static StageFilter narrowed(StageFilter stages, Request request, Supplier<List<PolicyAlert>> additions) {
        Map<String, String> wanted = new TreeMap<>();
        request.found(OWNER).ifPresent(owner -> wanted.put(PolicyAlert.OWNER, owner));
        Optional<Label> label = request.found(LABEL);
        boolean isContradiction = label.filter(
                        given -> !given.value().equals(wanted.getOrDefault(given.name(), given.value())))
                .isPresent();
        if (isContradiction) {
            return stages.labelled(Optional.of(new LabelledStages(List.of())));
        }
        label.ifPresent(given -> wanted.put(given.name(), given.value()));
        return wanted.isEmpty() ? stages : stages.labelled(Optional.of(LabelledStages.of(additions.get(), wanted)));
    }
}
