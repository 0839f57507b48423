/**
 * Sends foreign input as audit events: lines in, events out, at a given pace. Runs on the command's thread; the
 * producer calls back on its own.
 */
package io.foundling.service.replay;
