/** How many events a second the intake takes on one core, beside a plain producer on one core. */
package io.foundling.bench.intake;
