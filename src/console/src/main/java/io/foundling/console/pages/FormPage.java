package io.foundling.console.pages;

import io.foundling.console.web.Reply;

/** Does what a form asks for, on behalf of somebody who is known. Called on many threads at once. */
@FunctionalInterface
interface FormPage {

    /** @throws io.foundling.console.web.ProblemException if it cannot be done */
    Reply reply(PageCall call, Form form);
}
