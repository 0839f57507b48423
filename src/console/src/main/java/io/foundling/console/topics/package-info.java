/** How the topics of a ledger are read from outside of it, also after failures. Each consumer belongs to one thread. */
package io.foundling.console.topics;
