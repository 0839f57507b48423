package io.foundling.demo;

/** What a printed line is about. Symbols and labels distinguish the kinds where there are no colours. */
enum LineKind {
    START(" ", "start", Colour.FAINT),
    PIPELINE("·", "pipeline", Colour.FAINT),
    STATUS(" ", "status", Colour.FAINT),
    STOP(" ", "stop", Colour.FAINT),
    WARNING("▲", "WARNING", Colour.RED),
    RECOVERED("✓", "RECOVERED", Colour.GREEN),
    WITHDRAWN("↶", "WITHDRAWN", Colour.CYAN),
    SETTLED("■", "SETTLED", Colour.GREEN),
    SETTLED_INCOMPLETE("■", "SETTLED", Colour.YELLOW),
    CORRECTED("■", "CORRECTED", Colour.GREEN),
    CORRECTED_INCOMPLETE("■", "CORRECTED", Colour.YELLOW),
    REOPENED("□", "NOT SETTLED", Colour.YELLOW),
    ALERT("●", "ALERT", Colour.RED),
    RESOLVED("○", "RESOLVED", Colour.GREEN),
    MESSAGE("✉", "MESSAGE", Colour.CYAN),
    VIOLATION("✗", "VIOLATION", Colour.MAGENTA),
    DEAD_LETTER("✗", "DEAD LETTER", Colour.MAGENTA),
    PROBLEM("✗", "PROBLEM", Colour.RED);

    private final String symbol;
    private final String label;
    private final Colour colour;

    LineKind(String symbol, String label, Colour colour) {
        this.symbol = symbol;
        this.label = label;
        this.colour = colour;
    }

    String symbol() {
        return symbol;
    }

    String label() {
        return label;
    }

    Colour colour() {
        return colour;
    }

    /** Returns the kind of a settlement, or of one that corrects an earlier one. */
    static LineKind ofSettlement(boolean corrects, boolean complete) {
        if (corrects) {
            return complete ? CORRECTED : CORRECTED_INCOMPLETE;
        }
        return complete ? SETTLED : SETTLED_INCOMPLETE;
    }

    /** Returns whether the whole line is faint, so that the findings of Foundling are seen first. */
    boolean isBackground() {
        return colour == Colour.FAINT;
    }
}
