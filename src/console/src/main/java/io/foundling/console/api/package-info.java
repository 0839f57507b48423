/**
 * The operations that ask the read model, and those that act, under {@code /api/v1}. Each list has pages for programs,
 * and can be had as a whole as CSV or NDJSON. Called on the threads of the web server.
 */
package io.foundling.console.api;
