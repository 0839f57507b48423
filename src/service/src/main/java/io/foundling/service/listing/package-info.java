/**
 * The lists that a console can be asked for: their filters, the columns of their tables, and how rows are printed. Knows
 * neither the command line nor HTTP. Used by one command thread.
 */
package io.foundling.service.listing;
