package io.foundling.console.pages;

import io.foundling.console.web.Reply;

/** Makes a page for somebody who is known. Called on many threads at once. */
@FunctionalInterface
interface Page {

    /** @throws io.foundling.console.web.ProblemException if there is none */
    Reply reply(PageCall call);
}
