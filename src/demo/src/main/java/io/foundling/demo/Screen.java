package io.foundling.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What a person watches: lines as things happen, each with its time, and a status. On a terminal the status stays in the
 * last row and is renewed in place; elsewhere it is a line like the others. Used from several threads.
 */
final class Screen implements AutoCloseable {

    private static final String CLEAR_ROW = "\r\033[K";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier elapsedMs;
    private boolean statusShown;
    private boolean closed;

    Screen(PrintWriter out, boolean terminal, LongSupplier elapsedMs) {
        this.out = out;
        this.terminal = terminal;
        this.elapsedMs = elapsedMs;
    }

    boolean isTerminal() {
        return terminal;
    }

    double elapsedSeconds() {
        return elapsedMs.getAsLong() / 1_000.0;
    }

    /** Prints what has just happened. Control characters in what others wrote do not reach the terminal. */
    synchronized void event(String what, String text) {
        text(row(what, text));
    }

    synchronized void status(String text) {
        if (closed) {
            return;
        }
        if (!terminal) {
            text(row("status", text));
            return;
        }
        out.print(CLEAR_ROW + NO_WRAP + row("status", text) + WRAP);
        out.flush();
        statusShown = true;
    }

    /** Prints a line as it is. */
    synchronized void text(String line) {
        if (closed) {
            return;
        }
        if (statusShown) {
            out.print(CLEAR_ROW);
            statusShown = false;
        }
        out.println(line);
        out.flush();
    }

    /** Says that the end has come; nothing is printed after that. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        event("stop", "stopping the service, the broker and the registry ...");
        closed = true;
    }

    private String row(String what, String text) {
        return String.format(Locale.ROOT, "%6.1f s  %-11s  %s", elapsedSeconds(), what, text)
                .replaceAll("\\p{Cntrl}+", " ");
    }
}
