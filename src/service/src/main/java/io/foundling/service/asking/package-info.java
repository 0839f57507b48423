/**
 * The client of the console's API: questions, pages, exports, and in one sentence why there is no answer. Knows JSON, not
 * what the rows mean. Called by one command thread.
 */
package io.foundling.service.asking;
