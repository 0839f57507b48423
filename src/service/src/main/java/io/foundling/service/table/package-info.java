/** Texts and tables for a terminal. Pure; any thread, but each table belongs to one. */
package io.foundling.service.table;
