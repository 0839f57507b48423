package io.foundling.console.delivery.silence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An alert that Alertmanager reports to nobody at present.
 *
 * @param labels of the alert, without that of the ledger
 * @param silences that hold it back
 * @param isInhibited whether another alert holds it back
 */
public record HeldBack(Map<String, String> labels, List<Silence> silences, boolean isInhibited) {

    public HeldBack {
        labels = Map.copyOf(labels);
        silences = List.copyOf(silences);
    }

    /** Returns this with what another instance says of the same alert. */
    HeldBack with(HeldBack other) {
        List<Silence> all = new ArrayList<>(silences);
        other.silences.stream()
                .filter(silence -> all.stream().noneMatch(known -> known.id().equals(silence.id())))
                .forEach(all::add);
        return new HeldBack(labels, all, isInhibited || other.isInhibited);
    }
}
