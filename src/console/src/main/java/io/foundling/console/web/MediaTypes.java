package io.foundling.console.web;

/** Names of media types. */
public final class MediaTypes {

    public static final String HTML = "text/html";
    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";
    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";
    public static final String YAML = "application/yaml";
    public static final String TEXT = "text/plain";

    private MediaTypes() {}
}
