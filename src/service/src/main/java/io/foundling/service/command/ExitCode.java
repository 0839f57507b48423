package io.foundling.service.command;

/** What the process returns to its caller. */
public final class ExitCode {

    public static final int OK = 0;
    /** Something nobody expected; the log tells more at DEBUG. */
    public static final int UNEXPECTED = 1;
    /** Wrong options, configuration or mapping. */
    public static final int USAGE = 2;
    /** Broker, registry or topics are not as needed. */
    public static final int UNAVAILABLE = 3;
    /** The local state cannot be used, or another process has the name of this instance. */
    public static final int STATE = 4;

    private ExitCode() {}
}
