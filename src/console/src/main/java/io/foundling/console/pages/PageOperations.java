package io.foundling.console.pages;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessUnavailableException;
import io.foundling.console.access.Role;
import io.foundling.console.web.Answer;
import io.foundling.console.web.CallLimits;
import io.foundling.console.web.Handler;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import io.foundling.console.web.Problem;
import io.foundling.console.web.ProblemException;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Request;
import io.foundling.console.web.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes operations of pages: it finds out who asks, offers to sign in, and shows problems as pages. Any thread. */
final class PageOperations {

    private static final String RETRY_AFTER_S = "5";
    private static final String PREFIX = "page ";
    private static final String START = "/overview";

    private final Visitors visitors;
    private final CallLimits limits;
    private final ApiCalls api;
    private final Assets assets;
    private final Html html;

    PageOperations(Visitors visitors, CallLimits limits, ApiCalls api, Assets assets, Html html) {
        this.visitors = visitors;
        this.limits = limits;
        this.api = api;
        this.assets = assets;
        this.html = html;
    }

    /** Makes a page that readers may see. */
    Operation page(String id, String path, String summary, List<Parameter<?>> parameters, Page page) {
        return open(id, path, summary, parameters, Html.PAGE, request -> known(request, page));
    }

    /** Makes what is no page, such as a file, for the same people. */
    Operation other(String id, String path, String summary, List<Parameter<?>> parameters, Answer answer, Page page) {
        return open(id, path, summary, parameters, answer, request -> known(request, page));
    }

    /** Makes a file of an answer of the API, for the same people. */
    Operation file(String asked, String path, String mediaType, List<Parameter<?>> parameters) {
        return other(
                path,
                path,
                "An answer of the API as a file",
                parameters,
                new Answer("The file", Map.of(mediaType, Html.ANY)),
                call -> api.file(asked, call.visitor().caller(), call.request().now(), mediaType, call.query()));
    }

    /** Makes what a form of these pages is sent to. Only a form that was made for whoever sends it is taken. */
    Operation form(String id, String path, String summary, List<Parameter<?>> parameters, FormPage page) {
        return new Operation(
                PREFIX + id,
                new Route(Method.POST, path),
                Optional.empty(),
                summary,
                parameters,
                Optional.of(Form.BODY),
                Html.PAGE,
                request -> visited(request, visitor -> {
                    Form form = Form.of(request);
                    if (!visitors.isOwn(form, visitor, request)) {
                        throw ProblemException.of(
                                403,
                                "This form was not made for you, or you have signed in anew since; load its page again");
                    }
                    return page.reply(new PageCall(request, visitor, assets, api), form);
                }));
    }

    /** The operations have no role of their own: the cookie says who asks. */
    private static Operation open(
            String id, String path, String summary, List<Parameter<?>> parameters, Answer answer, Handler handler) {
        return new Operation(
                PREFIX + id,
                new Route(Method.GET, path),
                Optional.empty(),
                summary,
                parameters,
                Optional.empty(),
                answer,
                handler);
    }

    private Reply known(Request request, Page page) {
        return visited(request, visitor -> {
            if (!visitor.caller().has(Role.READER)) {
                throw ProblemException.lacking(Role.READER);
            }
            return page.reply(new PageCall(request, visitor, assets, api));
        });
    }

    private Reply visited(Request request, Function<Visitor, Reply> replies) {
        Visitor visitor;
        try {
            visitor = visitors.of(request);
        } catch (AccessDeniedException denied) {
            return denied.reason() == AccessDeniedException.Reason.GRANTS_NOTHING
                    ? problem(request, Optional.empty(), ProblemException.of(403, denied.getMessage()))
                    : signIn(
                            request,
                            401,
                            request.operation().method() == Method.GET ? request.target() : START,
                            Optional.empty());
        } catch (AccessUnavailableException unavailable) {
            return problem(
                    request,
                    Optional.empty(),
                    ProblemException.of(503, unavailable.getMessage()).header("Retry-After", RETRY_AFTER_S));
        }
        try {
            limits.check(request.operation(), visitor.caller());
            return replies.apply(visitor);
        } catch (ProblemException problem) {
            return problem(request, Optional.of(visitor), problem);
        }
    }

    /**
     * Returns the form to sign in.
     *
     * @param to where to go then
     */
    Reply signIn(Request request, int status, String to, Optional<String> fault) {
        Frame frame = new Frame(
                "Sign in",
                "",
                Optional.empty(),
                Optional.empty(),
                request.operation().path(),
                assets);
        return html.page(status, "sign-in", new SignInView(frame, to, fault));
    }

    private Reply problem(Request request, Optional<Visitor> visitor, ProblemException refused) {
        return problem(refused.problem(), visitor, request.operation().path()).headers(refused.headers());
    }

    /**
     * Returns the page that shows a problem.
     *
     * @param self path and query of the page
     */
    Reply problem(Problem problem, Optional<Visitor> visitor, String self) {
        Frame frame = new Frame(problem.title(), "", visitor, Optional.empty(), self, assets);
        return html.page(problem.status(), "problem", new ProblemView(frame, problem));
    }
}
