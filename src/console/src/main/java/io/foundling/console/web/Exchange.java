package io.foundling.console.web;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the answer to a request, whatever becomes of it. Any thread. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final String operation;
    private final Function<Context, Reply> replies;
    private final Problems problems;
    private final WebListener listener;

    /** @param operation for the listener */
    Exchange(String operation, Function<Context, Reply> replies, Problems problems, WebListener listener) {
        this.operation = operation;
        this.replies = replies;
        this.problems = problems;
        this.listener = listener;
    }

    void serve(Context http) {
        Reply reply;
        try {
            reply = replies.apply(http);
        } catch (ProblemException problem) {
            reply = shown(problem.problem(), http).headers(problem.headers());
        } catch (UncheckedIOException gone) {
            abort(http);
            return;
        } catch (RuntimeException failure) {
            reply = shown(Problem.failed(logged(failure)), http);
        }
        listener.answered(operation, reply.status());
        write(http, reply);
    }

    private Reply shown(Problem problem, Context http) {
        return problems.reply(problem, Collections.list(http.req().getHeaders("Accept")), target(http));
    }

    /** Returns path and query as they were sent. */
    static String target(Context http) {
        String query = http.queryString();
        return http.path() + (query == null || query.isEmpty() ? "" : "?" + query);
    }

    private String logged(RuntimeException failure) {
        String id = UUID.randomUUID().toString();
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("operation", operation)
                .addKeyValue("id", id)
                .log("a request failed");
        return id;
    }

    private void write(Context http, Reply reply) {
        HttpServletResponse response = http.res();
        response.setStatus(reply.status());
        response.setContentType(contentType(reply.mediaType()));
        SecurityHeaders.ALL.forEach(response::setHeader);
        reply.headers().forEach(response::setHeader);
        boolean hasContent = !http.req().getMethod().equals("HEAD");
        try {
            if (reply.content() instanceof Reply.Whole whole) {
                response.setContentLength(whole.bytes().length);
                if (hasContent) {
                    response.getOutputStream().write(whole.bytes());
                }
            } else if (reply.content() instanceof Reply.Stream stream) {
                if (hasContent) {
                    stream.writeTo(response.getOutputStream());
                } else {
                    stream.skipped();
                }
            }
        } catch (IOException gone) {
            LOG.atDebug().addKeyValue("operation", operation).log("the caller has gone away");
            abort(http);
        } catch (ProblemException known) {
            // Whoever threw it has logged what is worth it; the caller has got half of an answer already.
            abort(http);
        } catch (RuntimeException failure) {
            logged(failure);
            abort(http);
        }
    }

    /** Texts are UTF-8; JSON is anyway. */
    static String contentType(String mediaType) {
        return mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType;
    }

    /** An answer that ended in the middle must not look like one that is whole. */
    private static void abort(Context http) {
        ServletContextRequest.getServletContextRequest(http.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
