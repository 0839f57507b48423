package io.foundling.console.web;

import io.foundling.console.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    /** The caller is known, and lacks a role. */
    public static ProblemException lacking(Role role) {
        return of(
                403,
                "This needs the role " + role.name().toLowerCase(Locale.ROOT) + ", which your credentials do not have");
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

    /** Returns the headers of the answer that belong to this problem, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    Reply reply() {
        return problem.reply().headers(headers);
    }
}
