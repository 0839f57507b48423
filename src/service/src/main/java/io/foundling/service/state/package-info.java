/**
 * Local state that breaks: recognises what happened, lets Kafka Streams restore a damaged task from its changelog, and says
 * in a sentence what it cannot mend. Stores are opened and used by stream threads, some by the thread that starts the service.
 */
package io.foundling.service.state;
