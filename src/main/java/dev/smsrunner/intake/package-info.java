/**
 * From the sources that are registered in an account to an inventory. In: ListServers, the defaults of the job file, and perhaps
 * a list that the operator has. Out: a CSV file and what is only in one of the two. Changes nothing in the cloud.
 */
@NullMarked
package dev.smsrunner.intake;

import org.jspecify.annotations.NullMarked;
