package io.foundling.console.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What one class logs from INFO on until this is closed. */
public final class LogLines implements AutoCloseable {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public LogLines(Class<?> of) {
        logger = (Logger) LoggerFactory.getLogger(of);
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    /** Returns all lines so far. */
    public List<String> all() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Returns the values that stand beside the messages of all lines so far. */
    public List<String> values() {
        return lines.list.stream()
                .filter(line -> line.getKeyValuePairs() != null)
                .flatMap(line -> line.getKeyValuePairs().stream())
                .map(pair -> String.valueOf(pair.value))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }
}
