package io.foundling.console.web;

/** A method of HTTP. What is asked with GET changes nothing, and can be asked with HEAD, too. */
public enum Method {
    GET,
    POST
}
