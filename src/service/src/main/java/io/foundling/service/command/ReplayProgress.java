package io.foundling.service.command;

import io.foundling.service.replay.ReplayListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Prints the progress of a replay: every bad line, up to a limit, and every few seconds the number of lines and events.
 */
final class ReplayProgress implements ReplayListener {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MOST_SENTENCES = 1_000;
    private static final int LONGEST_SENTENCE = 500;

    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private int sentences;

    ReplayProgress(PrintWriter err, LongSupplier nanoTime) {
        this.err = err;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public void skipped(long line, String reason) {
        print("line " + line + " " + reason + "; skipped");
    }

    @Override
    public void failed(long line, String reason) {
        print("line " + line + " did not arrive: " + reason);
    }

    @Override
    public void progress(long lines, long sent) {
        if (nanoTime.getAsLong() - lastNanos >= INTERVAL.toNanos()) {
            lastNanos = nanoTime.getAsLong();
            err.println("... lines " + lines + ", events sent " + sent);
            err.flush();
        }
    }

    private synchronized void print(String sentence) {
        sentences++;
        if (sentences <= MOST_SENTENCES) {
            err.println(
                    sentence.length() > LONGEST_SENTENCE ? sentence.substring(0, LONGEST_SENTENCE) + "..." : sentence);
        }
        if (sentences == MOST_SENTENCES) {
            err.println("further lines like these are only counted");
        }
        err.flush();
    }
}
