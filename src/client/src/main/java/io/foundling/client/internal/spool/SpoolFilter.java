package io.foundling.client.internal.spool;

import java.io.IOException;

/** Says which spools a recorder can send. */
@FunctionalInterface
public interface SpoolFilter {

    boolean accepts(Spool spool) throws IOException;
}
