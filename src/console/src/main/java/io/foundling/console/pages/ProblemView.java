package io.foundling.console.pages;

import io.foundling.console.web.Problem;

/** What is shown instead of a page that does not exist or may not be seen. */
public record ProblemView(Frame frame, Problem problem) {}
