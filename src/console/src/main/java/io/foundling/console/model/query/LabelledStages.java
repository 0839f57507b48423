package io.foundling.console.model.query;

import io.foundling.topology.settings.PolicyAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sources and stages to which policies give some labels (rule A14), as parts that share no stage: so that a database
 * finds the rows of each part by an index.
 */
public record LabelledStages(List<Part> parts) {

    private static final Part ALL = new Part(Optional.empty(), Optional.empty(), List.of());

    /**
     * Those of a source, of a stage, or of both.
     *
     * @param except parts of it that do not belong to it
     */
    public record Part(Optional<String> source, Optional<String> stage, List<Part> except) {

        public Part {
            except = List.copyOf(except);
        }

        /** Returns what this and another part share; none if nothing. */
        Optional<Part> and(Part other) {
            if (isOther(source, other.source) || isOther(stage, other.stage)) {
                return Optional.empty();
            }
            Optional<Part> shared = Optional.of(new Part(source.or(other::source), stage.or(other::stage), List.of()));
            for (List<Part> exceptions : List.of(except, other.except)) {
                for (Part excepted : exceptions) {
                    shared = shared.flatMap(part -> part.without(excepted));
                }
            }
            return shared;
        }

        /** Returns this without what a policy applies to; none if nothing is left. */
        Optional<Part> without(Part other) {
            if (isOther(source, other.source) || isOther(stage, other.stage)) {
                return Optional.of(this);
            }
            boolean isWhole = (other.source.isEmpty() || other.source.equals(source))
                    && (other.stage.isEmpty() || other.stage.equals(stage));
            if (isWhole) {
                return Optional.empty();
            }
            List<Part> more = new ArrayList<>(except);
            more.add(new Part(other.source, other.stage, List.of()));
            return Optional.of(new Part(source, stage, more));
        }

        private static boolean isOther(Optional<String> one, Optional<String> another) {
            return one.isPresent() && another.isPresent() && !one.equals(another);
        }
    }

    public LabelledStages {
        parts = List.copyOf(parts);
    }

    /**
     * Returns those that have all of some labels.
     *
     * @param additions of the policies in force, in their order
     */
    public static LabelledStages of(List<PolicyAlert> additions, Map<String, String> labels) {
        List<Part> shared = List.of(ALL);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            List<Part> next = new ArrayList<>();
            for (Part one : shared) {
                for (Part other : having(additions, label.getKey(), label.getValue())) {
                    one.and(other).ifPresent(next::add);
                }
            }
            shared = next;
        }
        return new LabelledStages(shared);
    }

    /** The first policy counts that applies and names the label. */
    private static List<Part> having(List<PolicyAlert> additions, String name, String value) {
        List<Part> parts = new ArrayList<>();
        List<Part> earlier = new ArrayList<>();
        for (PolicyAlert added : additions) {
            if (!added.labels().containsKey(name)) {
                continue;
            }
            Part own = new Part(added.source(), added.stage(), List.of());
            if (value.equals(added.labels().get(name))) {
                Optional<Part> left = Optional.of(own);
                for (Part before : earlier) {
                    left = left.flatMap(part -> part.without(before));
                }
                left.ifPresent(parts::add);
            }
            earlier.add(own);
        }
        return parts;
    }
}
