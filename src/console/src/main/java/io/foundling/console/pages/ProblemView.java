package io.foundling.console.pages;

import io.foundling.console.web.Problem;

/** What is shown in place of a page that there is not. */
public record ProblemView(Frame frame, Problem problem) {}
