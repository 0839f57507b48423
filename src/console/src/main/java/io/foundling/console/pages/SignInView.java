package io.foundling.console.pages;

import java.util.Optional;

/**
 * What the form to sign in shows.
 *
 * @param to the address of the page that was asked for
 */
public record SignInView(Frame frame, String to, Optional<String> fault) {}
