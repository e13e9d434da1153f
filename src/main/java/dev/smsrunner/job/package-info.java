/**
 * The bulk jobs. In: the rows of an inventory and the services. Out: for each job its preflight, its task stage and its
 * reconciler. {@code BulkJobs} lists all jobs; each has a package of its own below this one.
 */
@NullMarked
package dev.smsrunner.job;

import org.jspecify.annotations.NullMarked;
