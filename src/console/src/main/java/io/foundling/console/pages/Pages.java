package io.foundling.console.pages;

import io.foundling.console.web.Callers;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.ProblemPage;
import io.foundling.console.web.Reply;
import io.foundling.console.web.Route;
import io.foundling.topology.settings.PolicySet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All pages, as operations of the same server as the API. Any thread. */
public final class Pages {

    private static final int FOUND = 302;
    private static final int LIVE = 16;
    private static final Duration LIVE_EVERY = Duration.ofSeconds(2);
    private static final Duration LIVE_FOR = Duration.ofMinutes(5);

    private final List<Operation> operations = new ArrayList<>();
    private final PageOperations pages;

    /**
     * Makes them.
     *
     * @param api the operations that they ask
     * @param callers who may see them, and how often
     * @param policies in force at each call
     */
    public Pages(
            List<Operation> api,
            Callers callers,
            Supplier<PolicySet> policies,
            PagesSettings settings,
            InstantSource clock) {
        Html html = new Html();
        Assets assets = new Assets();
        ApiCalls calls = new ApiCalls(api);
        SessionCookie cookie = new SessionCookie(settings);
        Visitors visitors = new Visitors(callers.access(), cookie, calls);
        pages = new PageOperations(visitors, callers.limits(), calls, assets, html);
        operations.addAll(assets.operations());
        operations.addAll(new SignIn(pages, visitors, cookie).operations());
        operations.add(start());
        operations.add(new LiveUpdates(calls, clock, LIVE, LIVE_EVERY, LIVE_FOR).operation(pages));
        operations.addAll(new OverviewPage(html).operations(pages));
        operations.addAll(new PoliciesPage(html, policies).operations(pages));
        operations.addAll(new PolicyTestPage(html).operations(pages, calls));
        operations.addAll(new SubjectPage(html).operations(pages, calls));
        operations.addAll(new BatchPage(html).operations(pages, calls));
        operations.addAll(new ActsPage(html).operations(pages, calls));
        lists(html).forEach(list -> operations.addAll(list.operations(pages, calls)));
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns what shows a problem to a person, whoever that is. */
    public ProblemPage problemPage() {
        return (problem, target) -> pages.problem(problem, Optional.empty(), target);
    }

    private static List<ListPage> lists(Html html) {
        return List.of(
                new ListPage("/awaiting", "/awaiting", "Awaiting", "awaiting", true, Beside.NOTHING, html),
                new ListPage("/orphans", "/orphans", "Orphans", "orphans", true, Beside.NOTHING, html),
                list("/batches", "/batches", "Batches", "parents", html),
                list("/settlements", "/batches", "Settlements", "settlements", html),
                list("/scopes", "/scopes", "Scopes", "scopes", html),
                list("/reconciliations", "/reconciliations", "Reconciliations", "reconciliations", html),
                list("/violations", "/violations", "Violations", "violations", html),
                list("/dead-letters", "/violations", "Dead letters", "dead-letters", html),
                new ListPage("/alerts", "/alerts", "Alerts", "alerts", false, new SilencedAlerts(), html));
    }

    private static ListPage list(String path, String section, String title, String operation, Html html) {
        return new ListPage(path, section, title, operation, false, Beside.NOTHING, html);
    }

    private static Operation start() {
        Reply reply = new Reply(FOUND, Html.TYPE, Map.of("Location", "/overview"), new Reply.Whole(new byte[0]));
        return new Operation(
                "page start",
                new Route(Method.GET, "/"),
                Optional.empty(),
                "Leads to the overview",
                List.of(),
                Optional.empty(),
                Html.PAGE,
                request -> reply);
    }
}
