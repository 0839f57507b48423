package io.foundling.topology.explain;

import java.util.ArrayList;
import java.util.List;

/** Sentences of one step, with the rules that they follow from. For one step. */
final class Sentence {

    private final StringBuilder text;
    private final List<String> rules = new ArrayList<>();

    Sentence(String begin) {
        text = new StringBuilder(begin);
    }

    /** Adds a sentence without its full stop. */
    Sentence add(String sentence, String... by) {
        text.append(". ").append(sentence);
        rules.addAll(List.of(by));
        return this;
    }

    /** Adds a part of the present sentence. */
    Sentence goOn(String part, String... by) {
        text.append(", ").append(part);
        rules.addAll(List.of(by));
        return this;
    }

    /** Names rules that the sentences so far follow from. */
    Sentence by(String... more) {
        rules.addAll(List.of(more));
        return this;
    }

    Step at(long ms) {
        return Step.at(ms, toString(), rules.toArray(String[]::new));
    }

    Step withoutTime() {
        return Step.of(toString(), rules.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return text + ".";
    }
}
