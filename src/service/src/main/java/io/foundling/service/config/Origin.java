package io.foundling.service.config;

/**
 * Where a value was written: a line of the file or an environment variable.
 *
 * @param isConcealed whether the value came from a file of its own, as secrets do, and is never shown
 */
record Origin(String place, boolean isConcealed) {

    static Origin line(int number) {
        return new Origin("line " + number, false);
    }

    static Origin variable(String name, boolean isConcealed) {
        return new Origin("environment variable " + name, isConcealed);
    }
}
