/** Who asks, and what that caller may do. It knows no HTTP server; any thread. */
package io.foundling.console.access;
