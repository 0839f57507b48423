/** What a careful user's own job does with an event, the same under Kafka Streams and Flink. Pure functions, no Kafka. */
package io.foundling.bench.job;
