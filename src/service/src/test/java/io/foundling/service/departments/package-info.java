/**
 * How many alerts policies by department would have given on a log: through the ledger at the time of the log, and by a
 * count that shares no code with it.
 */
package io.foundling.service.departments;
