package io.foundling.console.pages;

import java.util.List;

/** What the page of all acts on many subjects shows. */
public record ActsView(Frame frame, List<Row> acts) {}
