/**
 * {@code foundling rebuild}: makes the changelogs anew from the output topics. Runs on the thread of the command, while
 * no instance runs.
 */
package io.foundling.service.rebuild;
