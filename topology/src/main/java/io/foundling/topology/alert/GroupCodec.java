package io.foundling.topology.alert;

import io.foundling.audit.AlertStatus;
import io.foundling.topology.account.AccountCodec;
import io.foundling.topology.account.Samples;
import io.foundling.topology.account.Total;
import io.foundling.topology.store.VersionedCodec;
import io.foundling.topology.store.stored.StoredAlert;
import io.foundling.topology.store.stored.StoredGroup;
import io.foundling.topology.store.stored.StoredTotal;
import java.util.Optional;
import java.util.TreeMap;

/** Bytes of what the alerts task keeps of a group. Not thread-safe. */
final class GroupCodec {

    private final VersionedCodec<StoredGroup> codec = new VersionedCodec<>(StoredGroup.class, "group", 3);

    byte[] encode(GroupState group) {
        return codec.encode(new StoredGroup(
                group.lookAtMs(),
                group.touchedAtMs(),
                group.sequence(),
                group.baseline(),
                group.alert().map(GroupCodec::stored).orElse(null),
                group.settlement().map(GroupCodec::stored).orElse(null),
                group.labels()));
    }

    /** @throws IllegalStateException if the bytes were written by a newer version or are damaged */
    GroupState decode(byte[] bytes) {
        StoredGroup stored = codec.decode(bytes);
        return new GroupState(
                stored.getLookAtMs(),
                stored.getTouchedAtMs(),
                stored.getSequence(),
                stored.getBaseline(),
                Optional.ofNullable(stored.getAlert()).map(GroupCodec::alert),
                Optional.ofNullable(stored.getSettlement()).map(GroupCodec::total),
                stored.getLabels());
    }

    private static StoredAlert stored(AlertState alert) {
        return new StoredAlert(alert.status().name(), stored(alert.total()), alert.startsAtMs(), alert.endsAtMs());
    }

    private static StoredTotal stored(Total total) {
        return new StoredTotal(
                total.count(),
                total.samples(),
                total.incomplete(),
                total.settlement().map(AccountCodec::stored).orElse(null),
                total.parentClosed(),
                total.named().findings());
    }

    private static AlertState alert(StoredAlert stored) {
        return new AlertState(
                AlertStatus.valueOf(stored.getStatus()),
                total(stored.getTotal()),
                stored.getStartsAtMs(),
                stored.getEndsAtMs());
    }

    private static Total total(StoredTotal stored) {
        return new Total(
                stored.getCount(),
                stored.getParentClosed(),
                new Samples(stored.getSamples(), new TreeMap<>(stored.getFindings())),
                stored.getIncomplete(),
                Optional.ofNullable(stored.getSettlement()).map(AccountCodec::figures));
    }
}
