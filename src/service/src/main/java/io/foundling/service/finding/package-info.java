/** The findings of checks before and beside the service: a sentence and its severity. Immutable; for any thread. */
package io.foundling.service.finding;
