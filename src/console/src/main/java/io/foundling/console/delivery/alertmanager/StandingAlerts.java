package io.foundling.console.delivery.alertmanager;

import io.foundling.audit.DeliveryResult;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Alertmanager must know: the alerts that fire, and for a while those that ended. When the labels of an alert
 * change, the old set of labels ends before the new one fires. Pure apart from its lock: the time is given. Used by the
 * reader of the topics and by a thread for each instance.
 */
final class StandingAlerts {

    /** How long an alert that ended is sent again. */
    static final Duration REPEATS_END_FOR = Duration.ofMinutes(15);

    private final Map<String, Firing> firing = new TreeMap<>();
    private final Map<Map<String, String>, Ended> ended = new HashMap<>();
    private final Map<String, Progress> known = new HashMap<>();
    private final Set<String> notSeenYet = new HashSet<>();
    private final Map<String, Unrecorded> unrecorded = new HashMap<>();
    private long revision;
    private long reached;
    private boolean hasBegun;

    private record Firing(SentAlert alert, long revision) {}

    private record Ended(SentAlert alert, Instant until, long revision) {}

    private record Unrecorded(Optional<Progress> progress, long revision) {

        Unrecorded with(Progress.Outcome outcome) {
            return new Unrecorded(progress.map(done -> done.with(outcome)), revision);
        }
    }

    /**
     * What to send.
     *
     * @param alerts those that ended first
     * @param revision the newest change in it
     */
    record Changes(List<SentAlert> alerts, long revision) {}

    /** Restores which labels a former owner has sent. */
    synchronized void restore(Progress progress) {
        known.put(progress.key(), progress);
        notSeenYet.add(progress.key());
    }

    synchronized void changed(Notification change, Instant now) {
        revision++;
        notSeenYet.remove(change.key());
        Optional<Map<String, String>> before = labelsFiring(change.key());
        SentAlert sent = SentAlert.of(change);
        if (change.isFiring()) {
            before.filter(labels -> !labels.equals(change.labels()))
                    .ifPresent(labels -> end(sent.labelled(labels), now, now));
            ended.remove(change.labels());
            firing.put(change.key(), new Firing(sent, revision));
        } else {
            firing.remove(change.key());
            end(sent.labelled(before.orElse(change.labels())), change.endsAt().get(), now);
        }
        remember(change, now);
    }

    synchronized void removed(String key, Instant now) {
        revision++;
        Firing alert = firing.remove(key);
        Progress last = known.remove(key);
        if (alert != null) {
            end(alert.alert(), now, now);
        } else if (last != null && last.firing()) {
            end(new SentAlert(key, last.labels(), Map.of(), last.startsAt(), Optional.empty()), now, now);
        }
        unrecorded.put(key, new Unrecorded(Optional.empty(), revision));
    }

    /** An alert is there whose state cannot be read: if it fired for a former owner, it goes on. */
    synchronized void unreadable(String key) {
        notSeenYet.remove(key);
        Progress last = known.get(key);
        if (last != null && last.firing() && !firing.containsKey(key)) {
            Map<String, String> summary =
                    Map.of("summary", "the state of this alert cannot be read; see the log of notify");
            SentAlert alert = new SentAlert(key, last.labels(), summary, last.startsAt(), Optional.empty());
            firing.put(key, new Firing(alert, revision));
        }
    }

    /** All that there is was handed over: an alert of which nothing is there any more has ended. */
    synchronized void begin(Instant now) {
        notSeenYet.forEach(key -> removed(key, now));
        hasBegun = true;
    }

    synchronized boolean hasBegun() {
        return hasBegun;
    }

    synchronized long revision() {
        return revision;
    }

    /** Returns what has changed after a revision; all, for a revision below 0. */
    synchronized Changes since(long sent, Instant now) {
        ended.values().removeIf(each -> !each.until().isAfter(now));
        List<SentAlert> alerts = new ArrayList<>();
        ended.values().stream().filter(each -> each.revision() > sent).forEach(each -> alerts.add(each.alert()));
        firing.values().stream().filter(each -> each.revision() > sent).forEach(each -> alerts.add(each.alert()));
        return new Changes(alerts, revision);
    }

    /** An instance knows everything up to a revision. */
    synchronized void reached(long upTo) {
        reached = Math.max(reached, upTo);
    }

    /** An instance refused some of these alerts, up to a revision; that goes into the progress of each. */
    synchronized void refused(List<SentAlert> alerts, long upTo, String answer, Instant now) {
        Progress.Outcome refused = new Progress.Outcome(DeliveryResult.REFUSED, 1, answer, now);
        for (SentAlert alert : alerts) {
            unrecorded.computeIfPresent(alert.key(), (key, each) -> each.revision() > upTo ? each : each.with(refused));
        }
    }

    /** Returns, by alert key, what is to be written of it, once; empty for an alert that is gone. */
    synchronized Map<String, Optional<Progress>> unwritten() {
        Map<String, Optional<Progress>> written = new TreeMap<>();
        unrecorded.forEach((key, each) -> {
            if (each.revision() <= reached) {
                written.put(key, each.progress());
            }
        });
        unrecorded.keySet().removeAll(written.keySet());
        return written;
    }

    private Optional<Map<String, String>> labelsFiring(String key) {
        Firing alert = firing.get(key);
        return alert != null
                ? Optional.of(alert.alert().labels())
                : Optional.ofNullable(known.get(key)).filter(Progress::firing).map(Progress::labels);
    }

    private void end(SentAlert alert, Instant endsAt, Instant now) {
        Instant until = endsAt.plus(REPEATS_END_FOR);
        if (until.isAfter(now)) {
            ended.put(alert.labels(), new Ended(alert.ended(endsAt), until, revision));
        }
    }

    /** A count that changes is not worth a record: only labels are needed again. */
    private void remember(Notification change, Instant now) {
        Progress before = known.get(change.key());
        boolean isNews = before == null
                || before.firing() != change.isFiring()
                || !before.labels().equals(change.labels());
        if (isNews) {
            Progress progress = Progress.of(change, new Progress.Outcome(DeliveryResult.DELIVERED, 1, "", now));
            known.put(change.key(), progress);
            unrecorded.put(change.key(), new Unrecorded(Optional.of(progress), revision));
        }
    }
}
