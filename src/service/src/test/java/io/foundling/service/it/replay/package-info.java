/** The real log, or a made-up one of its shape, replayed whole: against an independent model, with kills and rebalances. */
package io.foundling.service.it.replay;
