package io.foundling.service.command;

/** The exit codes of the process. */
public final class ExitCode {

    public static final int OK = 0;
    /** An unexpected failure; the log has the details at DEBUG. */
    public static final int UNEXPECTED = 1;
    /** Wrong options, configuration or mapping. */
    public static final int USAGE = 2;
    /** Broker, registry, topics or console are not as needed. */
    public static final int UNAVAILABLE = 3;
    /** The local state cannot be used, or another process has the name of this instance. */
    public static final int STATE = 4;

    /** Another application writes the output topics. */
    public static final int OTHER_APPLICATION = 5;

    /** The console knows nothing of what was asked for. */
    public static final int UNKNOWN = 6;

    private ExitCode() {}
}
