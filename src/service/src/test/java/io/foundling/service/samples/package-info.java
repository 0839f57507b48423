/** The ready mappings on their samples: what replay prints, and what a ledger makes of it. */
package io.foundling.service.samples;
