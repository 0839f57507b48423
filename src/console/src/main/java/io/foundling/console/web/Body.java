package io.foundling.console.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The body that a request has.
 *
 * @param maxBytes more is answered with 413
 * @param content media types that are understood, and the JSON Schema of each
 */
public record Body(String description, long maxBytes, Map<String, ObjectNode> content) {}
