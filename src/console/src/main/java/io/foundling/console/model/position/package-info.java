/** How far each partition was read: what makes each record count once. Within the transactions of the caller. */
package io.foundling.console.model.position;
