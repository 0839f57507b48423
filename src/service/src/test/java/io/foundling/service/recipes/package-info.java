/** The stories of the page of recipes, told to a ledger. */
package io.foundling.service.recipes;
