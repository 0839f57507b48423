/**
 * OpenLineage over HTTP: the events that Airflow, Spark, dbt, Flink and others send about runs of jobs become audit events. A
 * run is an OPERATION, a job is a SCOPE; {@code src/service/docs/lineage.md} has the table. Reading and translation are pure;
 * {@link io.foundling.intake.lineage.LineageOperations} alone knows HTTP. Any thread.
 */
package io.foundling.intake.lineage;
