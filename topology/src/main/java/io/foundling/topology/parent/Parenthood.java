package io.foundling.topology.parent;

import io.foundling.topology.lifecycle.Closing;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the partition of a parent itself keeps: which partitions hold members of it, and which closings it has sent.
 *
 * @param namedBy partitions that hold members of it
 */
public record Parenthood(BitSet namedBy, List<SentClosing> sent) {

    public static final Parenthood NONE = new Parenthood(new BitSet(), List.of());

    public Parenthood {
        namedBy = (BitSet) namedBy.clone();
        sent = List.copyOf(sent);
    }

    /** A closing as it was last sent. */
    public record SentClosing(Closing closing, int version) {}

    @Override
    public BitSet namedBy() {
        return (BitSet) namedBy.clone();
    }

    public boolean isNamed() {
        return !namedBy.isEmpty();
    }

    /** Returns what was last sent of an attempt. */
    public Optional<SentClosing> sent(int attempt) {
        return sent.stream().filter(each -> each.closing().attempt() == attempt).findFirst();
    }

    public Parenthood named(int partition, boolean named) {
        BitSet changed = namedBy();
        changed.set(partition, named);
        return new Parenthood(changed, sent);
    }

    public Parenthood sending(List<SentClosing> newSent) {
        return new Parenthood(namedBy, newSent);
    }
}
