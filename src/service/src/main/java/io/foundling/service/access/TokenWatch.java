package io.foundling.service.access;

import io.foundling.console.access.token.IssuedToken;
import io.foundling.service.config.ConfigurationException;
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
 * The tokens of the file, read again when it has changed, so that a token is revoked within ten seconds and without a
 * restart. It polls, and a change counts once two readings in a row are the same, as with policies: a file that is
 * being written might lack the line that limits a token. A file that cannot be used changes nothing, and the log says
 * why once; the tokens that were read before are accepted on.
 */
final class TokenWatch implements Supplier<List<IssuedToken>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TokensFile file;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "foundling-tokens");
        watch.setDaemon(true);
        return watch;
    });
    private volatile List<IssuedToken> accepted;
    private Content seen;
    private Content judged;
    private Optional<String> refusal = Optional.empty();

    /** What was found in the file: its text, or why it cannot be read. */
    private record Content(String text, boolean isReadable) {}

    /** @throws ConfigurationException if the file cannot be used */
    TokenWatch(TokensFile file) {
        this.file = file;
        seen = new Content(file.text(), true);
        judged = seen;
        accepted = file.tokens(seen.text());
    }

    void start() {
        if (file.isRegular()) {
            thread.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            LOG.warn("{} is no regular file: it is not read again, so tokens are revoked by a restart only", file);
        }
    }

    /** Returns the tokens that are accepted. Any thread. */
    @Override
    public List<IssuedToken> get() {
        return accepted;
    }

    /** Looks at the file once. Anything that it threw would end the schedule in silence. */
    void look() {
        try {
            Content found = content();
            boolean isStill = found.equals(seen);
            seen = found;
            if (isStill && !found.equals(judged)) {
                judged = found;
                judge(found);
            }
        } catch (Throwable failure) {
            LOG.debug("{} cannot be read", file, failure);
            refuse(file + " cannot be read: " + failure.getClass().getSimpleName());
        }
    }

    /** To open a pipe might never end. */
    private Content content() {
        if (!file.isRegular()) {
            return new Content(file + " is no regular file, expected a YAML file with tokens", false);
        }
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
        try {
            List<IssuedToken> tokens = file.tokens(content.text());
            if (!tokens.equals(accepted) || refusal.isPresent()) {
                LOG.info("{} has changed: {} tokens are accepted now", file, tokens.size());
            }
            accepted = tokens;
            refusal = Optional.empty();
        } catch (ConfigurationException problems) {
            refuse(problems.getMessage());
        }
    }

    private void refuse(String why) {
        if (!refusal.equals(Optional.of(why))) {
            refusal = Optional.of(why);
            LOG.error(
                    "the tokens that were read before are accepted on, revoked ones among them; mend the file: {}",
                    why);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
