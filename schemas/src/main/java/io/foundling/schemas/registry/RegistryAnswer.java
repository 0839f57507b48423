package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** The answer of a registry to a request for a path: an HTTP status and JSON. */
record RegistryAnswer(String path, int status, JsonNode json) {

    /** Registries before version 8 of Confluent's do not know this path, and say so with the plain code. */
    static final String GUIDS = "/schemas/guids/";

    private static final int NOT_FOUND = 404;
    private static final int FIRST_NOT_FOUND_CODE = 40400;
    private static final int LAST_NOT_FOUND_CODE = 40499;

    boolean succeeded() {
        return status / 100 == 2;
    }

    /**
     * Whether the registry itself answered that there is no such subject or schema: a 404 with an error code of the
     * API, such as 40403. A 404 without a code comes from a proxy or a wrong address and proves nothing.
     */
    boolean denies() {
        int code = json.path("error_code").asInt();
        return status == NOT_FOUND
                && (code >= FIRST_NOT_FOUND_CODE && code <= LAST_NOT_FOUND_CODE
                        || code == NOT_FOUND && path.startsWith(GUIDS));
    }

    /**
     * Whether the answer is final. Any other request may be repeated: the registry may be starting, busy or without a
     * leader, or the answer came from a proxy.
     */
    boolean settles() {
        return succeeded() || denies() || status == 409 || status == 422;
    }

    boolean redirects() {
        return status / 100 == 3;
    }

    String explanation() {
        return json.path("message").asText("status " + status);
    }
}
