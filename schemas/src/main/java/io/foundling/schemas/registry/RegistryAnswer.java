package io.foundling.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** What a registry said to one request: an HTTP status and JSON. */
record RegistryAnswer(int status, JsonNode json) {

    private static final int NOT_FOUND = 404;
    private static final int FIRST_NOT_FOUND_CODE = 40400;
    private static final int LAST_NOT_FOUND_CODE = 40499;

    boolean succeeded() {
        return status / 100 == 2;
    }

    /**
     * Whether the registry itself says that there is no such thing: a 404 with one of the API's own codes, such as 40403.
     * Without it the 404 comes from a proxy or a wrong address and says nothing.
     */
    boolean denies() {
        int code = json.path("error_code").asInt();
        return status == NOT_FOUND && code >= FIRST_NOT_FOUND_CODE && code <= LAST_NOT_FOUND_CODE;
    }

    /**
     * Whether the answer settles the question. Asking again may help with any other: the registry starts, is busy, has no
     * leader, or a proxy in front of it speaks.
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
