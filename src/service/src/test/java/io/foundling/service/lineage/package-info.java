/** OpenLineage, as its page describes it. */
package io.foundling.service.lineage;
