package io.foundling.console.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** There is no answer to a request, for a reason that the caller can read. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    private ProblemException(Problem problem, Map<String, String> headers) {
        super(problem.detail());
        this.problem = problem;
        this.headers = headers;
    }

    public static ProblemException of(int status, String detail) {
        return new ProblemException(Problem.of(status, detail));
    }

    /** The value of one parameter is wrong. */
    public static ProblemException wrong(Parameter<?> parameter, String detail) {
        return new ProblemException(Problem.wrongInput(List.of(new Problem.Fault(parameter.name(), detail))));
    }

    /** Returns this with a header of the answer. */
    public ProblemException header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemException(problem, more);
    }

    public Problem problem() {
        return problem;
    }

    Reply reply() {
        Reply reply = problem.reply();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }
}
