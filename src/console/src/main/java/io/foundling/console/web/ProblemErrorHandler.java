package io.foundling.console.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what never becomes a request of an operation, such as headers that are too long. Any thread. */
final class ProblemErrorHandler implements Request.Handler {

    private final WebLimits limits;
    private final Problems problems;
    private final WebListener listener;

    ProblemErrorHandler(WebLimits limits, Problems problems, WebListener listener) {
        this.limits = limits;
        this.problems = problems;
        this.listener = listener;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < HttpStatus.BAD_REQUEST_400
                ? HttpStatus.INTERNAL_SERVER_ERROR_500
                : response.getStatus();
        listener.answered(WebListener.NO_OPERATION, status);
        response.setStatus(status);
        SecurityHeaders.addTo(response.getHeaders());
        // The target may be what is wrong with the request.
        Reply reply = problems.reply(
                Problem.of(status, detail(status)), request.getHeaders().getValuesList(HttpHeader.ACCEPT), "/");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Exchange.contentType(reply.mediaType()));
        byte[] bytes = ((Reply.Whole) reply.content()).bytes();
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
        return true;
    }

    private String detail(int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "The first line and the headers are too long, must be at most " + limits.headerBytes()
                        + " bytes together";
            case HttpStatus.BAD_REQUEST_400 -> "The request is not one of HTTP/1.1, or its path is ambiguous";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "The console is starting or stopping; try again";
            default -> "The request cannot be answered";
        };
    }
}
