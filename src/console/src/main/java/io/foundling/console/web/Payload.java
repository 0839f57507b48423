package io.foundling.console.web;

/**
 * The body of a request.
 *
 * @param mediaType of those that the operation understands; empty if it has no body
 * @param bytes without the compression that they were sent with
 */
public record Payload(String mediaType, byte[] bytes) {

    public static final Payload NONE = new Payload("", new byte[0]);
}
