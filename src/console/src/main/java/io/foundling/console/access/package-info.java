/**
 * Decides who calls, and what that caller may do: roles, and the sources whose records it may see. It knows no HTTP
 * server: the console's API and the intake of events give it the value of the header Authorization. Any thread.
 */
package io.foundling.console.access;
