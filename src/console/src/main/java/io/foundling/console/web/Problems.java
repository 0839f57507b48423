package io.foundling.console.web;

import java.util.List;
import java.util.Optional;

/** Makes the answer that a problem is: a page for browsers, JSON for programs. Any thread. */
final class Problems {

    private final Optional<ProblemPage> page;

    /** @param page none: everybody gets JSON */
    Problems(Optional<ProblemPage> page) {
        this.page = page;
    }

    /**
     * Returns the answer.
     *
     * @param accept values of the header
     * @param target path and query as they were sent
     */
    Reply reply(Problem problem, List<String> accept, String target) {
        return page.filter(known -> Negotiation.prefersPage(accept))
                .map(known -> known.of(problem, target))
                .orElseGet(problem::reply);
    }
}
