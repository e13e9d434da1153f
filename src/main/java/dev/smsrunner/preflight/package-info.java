/**
 * Stage 2 of 5. In: rows of the inventory. Out: each row with its source server and the findings about both. Preflight rejects
 * rows that cannot be migrated and skips rows that need no migration. It changes nothing in the cloud.
 */
@NullMarked
package dev.smsrunner.preflight;

import org.jspecify.annotations.NullMarked;
