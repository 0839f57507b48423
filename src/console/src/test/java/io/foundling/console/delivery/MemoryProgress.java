package io.foundling.console.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Progress that is kept in memory. */
public final class MemoryProgress implements ProgressLog {

    private final Map<String, Progress> written = new ConcurrentHashMap<>();
    private boolean fails;

    /** Lets each write fail, as for a process that was killed or shut out before it. */
    public void fails(boolean isToFail) {
        fails = isToFail;
    }

    @Override
    public void write(Map<String, Optional<Progress>> done) {
        if (fails) {
            throw new NoLongerOwnerException("receiver", null);
        }
        done.forEach((key, each) -> each.ifPresentOrElse(p -> written.put(key, p), () -> written.remove(key)));
    }

    public Map<String, Progress> written() {
        return written;
    }
}
