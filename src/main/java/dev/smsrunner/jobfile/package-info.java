/**
 * Before stage 1. In: the job file (YAML), the overrides of the command line and the environment. Out: a {@link
 * dev.smsrunner.jobfile.JobFile} of typed, checked settings, or all {@link dev.smsrunner.jobfile.Problem problems} at once. The
 * package rejects secrets, which belong in the environment.
 */
@NullMarked
package dev.smsrunner.jobfile;

import org.jspecify.annotations.NullMarked;
