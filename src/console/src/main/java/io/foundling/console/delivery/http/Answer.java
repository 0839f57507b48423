package io.foundling.console.delivery.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What came of sending something.
 *
 * @param status of HTTP; 0 if there was no answer
 * @param text the status and the beginning of the body, or why there was no answer; one line for people
 * @param retryAfter how long the receiver asked to wait
 */
public record Answer(int status, String text, Optional<Duration> retryAfter) {

    private static final int NONE = 0;

    /** Unauthorized, forbidden. */
    private static final Set<Integer> ABOUT_CREDENTIALS = Set.of(401, 403);

    /** Not found, method not allowed, a proxy asks for credentials, gone, not the server of that host. */
    private static final Set<Integer> ABOUT_ADDRESS = Set.of(404, 405, 407, 410, 421);

    /** Request timeout, too early, too many requests. */
    private static final Set<Integer> ABOUT_THE_MOMENT = Set.of(408, 425, 429);

    /** What to do next. */
    public enum Verdict {
        ACCEPTED,
        /** The message is not accepted, and would not be later. */
        REFUSED,
        /** The same request may be accepted later. */
        FAILED
    }

    static Answer none(String why) {
        return new Answer(NONE, why, Optional.empty());
    }

    /**
     * A message is refused if the answer is about the message itself. What is about credentials, the address or the
     * moment is failed: the configuration can be mended, and then the same message is accepted. A redirect is not
     * followed, as it would send credentials to another host.
     */
    public Verdict verdict() {
        if (status / 100 == 2) {
            return Verdict.ACCEPTED;
        }
        boolean isAboutMessage = status / 100 == 4
                && !ABOUT_CREDENTIALS.contains(status)
                && !ABOUT_ADDRESS.contains(status)
                && !ABOUT_THE_MOMENT.contains(status);
        return isAboutMessage ? Verdict.REFUSED : Verdict.FAILED;
    }

    /** Returns the settings to look at if the answer is about settings. */
    public Optional<String> setting() {
        if (ABOUT_CREDENTIALS.contains(status)) {
            return Optional.of("receivers[].authorizationFile");
        }
        return ABOUT_ADDRESS.contains(status) || status / 100 == 3
                ? Optional.of("receivers[].url or urlFile")
                : Optional.empty();
    }

    /** Returns the text, and the settings to look at. */
    public String advice() {
        return text + setting().map(name -> "; see " + name).orElse("");
    }
}
