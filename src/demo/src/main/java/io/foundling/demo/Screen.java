package io.foundling.demo;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * What a person watches: lines as things happen, each with its time, and a status. Where escape sequences may be written
 * there are colours, and the status stays in the last row and is renewed in place; elsewhere it is a line like the others.
 * Used from several threads.
 */
final class Screen implements AutoCloseable {

    private static final String CLEAR_ROW = "\r\033[K";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintWriter out;
    private final boolean escapes;
    private final LongSupplier elapsedMs;
    private boolean statusShown;
    private boolean closed;

    /** @param escapes whether colours and cursor movements may be written */
    Screen(PrintWriter out, boolean escapes, LongSupplier elapsedMs) {
        this.out = out;
        this.escapes = escapes;
        this.elapsedMs = elapsedMs;
    }

    /** Returns whether the status is renewed in place. */
    boolean keepsStatusInPlace() {
        return escapes;
    }

    double elapsedSeconds() {
        return elapsedMs.getAsLong() / 1_000.0;
    }

    /** Prints what has just happened. */
    synchronized void event(LineKind kind, String text) {
        row(kind, text).printed(escapes).forEach(this::text);
    }

    /** Prints what has just happened to a subject, or at a place. */
    void event(LineKind kind, String subject, String text) {
        event(kind, String.format("%-16s  %s", subject, text));
    }

    synchronized void status(String text) {
        if (!escapes) {
            event(LineKind.STATUS, text);
        } else if (!closed) {
            out.print(CLEAR_ROW
                    + NO_WRAP
                    + row(LineKind.STATUS, text).printed(true).get(0)
                    + WRAP);
            out.flush();
            statusShown = true;
        }
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

    /** Prints a line in a colour, where there are colours. */
    void text(Colour colour, String line) {
        text(painted(colour, line));
    }

    /** Returns a text in a colour, where there are colours. */
    String painted(Colour colour, String text) {
        return escapes ? colour.of(text) : text;
    }

    /** Says that the end has come; nothing is printed after that. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        event(LineKind.STOP, "stopping the service, the broker and the registry ...");
        closed = true;
    }

    private Row row(LineKind kind, String text) {
        return new Row(elapsedSeconds(), kind, text);
    }
}
