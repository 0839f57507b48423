/**
 * Topics made readable: a plain consumer without a group, and records as JSON or text. Used by one command
 * thread.
 */
package io.foundling.service.tail;
