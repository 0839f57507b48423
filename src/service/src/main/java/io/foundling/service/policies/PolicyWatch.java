package io.foundling.service.policies;

import io.foundling.service.config.ConfigFile;
import io.foundling.service.config.ConfigurationException;
import io.foundling.service.metrics.PolicyMetrics;
import io.foundling.topology.settings.PolicyGaps;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the policies of the configuration file in force when they have changed (rule T21). It polls, because file events
 * miss some replacements, such as the link that Kubernetes swaps. A change counts once two readings in a row are the
 * same, so that a file that is being written is left alone. A file that cannot be used changes nothing: a gauge is 0
 * until it can be used, and each reason is reported once. It is judged again at each look, because the verdict also
 * depends on other files.
 */
public final class PolicyWatch implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ConfigFile file;
    private final PolicyMetrics metrics;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "foundling-policies");
        watch.setDaemon(true);
        return watch;
    });
    private volatile PolicySet inForce;
    private Content seen;
    private Content judged;
    private Optional<String> refusal = Optional.empty();
    private List<String> forNextStart = List.of();

    /** What was found in the file: its text, or why it cannot be read. */
    private record Content(String text, boolean isReadable) {}

    public PolicyWatch(ConfigFile file, PolicyMetrics metrics) {
        this.file = file;
        this.metrics = metrics;
        inForce = file.config().ledger().policySet();
        judged = new Content(file.textAtStart(), true);
        seen = judged;
    }

    /** Begins to look at the file, unless it is a pipe or a device, which cannot be read again. */
    public void start() {
        if (!file.isRegular()) {
            LOG.info("{} is no regular file: it is not read again, and its policies count until the next start", file);
            return;
        }
        thread.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the policies in force. Any thread. */
    @Override
    public PolicySet get() {
        return inForce;
    }

    /** Looks at the file once. Anything that it threw would end the schedule in silence. */
    void look() {
        try {
            Content found = content();
            boolean isStill = found.equals(seen);
            seen = found;
            if (isStill && (refusal.isPresent() || !found.equals(judged))) {
                judged = found;
                judge(found);
            }
        } catch (Throwable failure) {
            LOG.debug("{} cannot be read", file, failure);
            refuse(file + " cannot be read: " + failure);
        }
    }

    private Content content() {
        try {
            return new Content(file.text(), true);
        } catch (ConfigurationException unreadable) {
            return new Content(unreadable.getMessage(), false);
        }
    }

    private void judge(Content content) {
        if (!content.isReadable()) {
            refuse(content.text());
            return;
        }
        ConfigFile.Change change;
        try {
            change = file.change(content.text());
        } catch (ConfigurationException problems) {
            refuse(problems.getMessage());
            return;
        }
        accept(change.policies(), ConfigFile.digest(content.text()));
        report(change.otherKeys());
    }

    private void refuse(String why) {
        if (!refusal.equals(Optional.of(why))) {
            refusal = Optional.of(why);
            metrics.refused();
            LOG.error("the policies that were read before stay in force; mend the file: {}", why);
        }
    }

    private void accept(PolicySet policies, String digest) {
        PolicySet before = inForce;
        boolean isChanged = !policies.equals(before);
        if (isChanged) {
            metrics.applied();
            PolicyChanges changes = new PolicyChanges(before, policies);
            LOG.atInfo()
                    .addKeyValue("sha256", digest)
                    .log("other policies are in force, as {} has changed: {}", file, changes.sentence());
            changes.dropped().ifPresent(LOG::warn);
            gaps(policies)
                    .filter(gaps -> !gaps(before).equals(Optional.of(gaps)))
                    .ifPresent(LOG::warn);
        } else if (refusal.isPresent()) {
            LOG.info("{} can be used again; its policies are those in force", file);
        }
        refusal = Optional.empty();
        metrics.usable();
        if (isChanged) {
            inForce = policies;
        }
    }

    private static Optional<String> gaps(PolicySet policies) {
        return new PolicyGaps(policies.policies()).sentence();
    }

    private void report(List<String> otherKeys) {
        if (!otherKeys.isEmpty() && !otherKeys.equals(forNextStart)) {
            LOG.warn(
                    "{} has other values than at the start for {}: these count from the next start, as only policies"
                            + " are read before that",
                    file,
                    String.join(", ", otherKeys));
        }
        forNextStart = otherKeys;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
