/**
 * Stage 2 of 5. In: rows of the inventory. Out: each row with the source server that it names and what was found about the
 * two; rows that cannot be migrated are rejected, those that need not be are skipped. Nothing is changed in the cloud.
 */
@NullMarked
package dev.smsrunner.preflight;

import org.jspecify.annotations.NullMarked;
