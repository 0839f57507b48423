package io.foundling.console.api;

import io.foundling.console.model.database.DatabaseFailure;
import io.foundling.console.web.Handler;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 503 while the database does not answer. Live pages ask again and again meanwhile, so the log has the first
 * request of its operation that was not answered, and then how many there were. Any thread.
 */
final class GuardedHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedHandler.class);
    private static final String OPERATION = "operation";
    private static final String RETRY_AFTER_S = "5";

    private final Handler handler;
    private final AtomicLong unanswered = new AtomicLong();

    GuardedHandler(Handler handler) {
        this.handler = handler;
    }

    @Override
    public Reply reply(Request request) {
        Reply reply;
        try {
            reply = handler.reply(request);
        } catch (JdbiException failed) {
            if (unanswered.getAndIncrement() == 0) {
                LOG.atWarn()
                        .addKeyValue(OPERATION, request.operation().id())
                        .addKeyValue("reason", DatabaseFailure.sentence(failed))
                        .log("a request was not answered");
            }
            throw ProblemException.of(503, "The database of the read model does not answer; try again later")
                    .header("Retry-After", RETRY_AFTER_S);
        }
        long missed = unanswered.getAndSet(0);
        if (missed > 0) {
            LOG.atInfo()
                    .addKeyValue(OPERATION, request.operation().id())
                    .addKeyValue("unanswered", missed)
                    .log("requests are answered again");
        }
        return reply;
    }
}
