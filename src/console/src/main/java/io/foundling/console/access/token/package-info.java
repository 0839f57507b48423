/** Tokens that the operator hands out, and of which only hashes are kept. Any thread. */
package io.foundling.console.access.token;
