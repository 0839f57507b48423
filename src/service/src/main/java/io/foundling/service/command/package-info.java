/**
 * The command line. {@link io.foundling.service.command.Foundling} is the main class; commands print results to
 * standard output, progress and failures to standard error, and never a stack trace.
 */
package io.foundling.service.command;
