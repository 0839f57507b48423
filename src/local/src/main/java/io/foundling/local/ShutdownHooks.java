package io.foundling.local;

/** Adds and removes shutdown hooks, even while the JVM is already ending. */
final class ShutdownHooks {

    private ShutdownHooks() {}

    /** Runs the hook at once, on this thread, if the JVM is already ending. */
    static void add(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            hook.run();
        }
    }

    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, or has run, and running it twice does no harm.
        }
    }
}
