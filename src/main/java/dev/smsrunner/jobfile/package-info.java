/**
 * Before stage 1: the job file of an operator (YAML), the overrides of the command line and the environment come in, a
 * {@link dev.smsrunner.jobfile.JobFile} of typed, checked settings goes out, or all
 * {@link dev.smsrunner.jobfile.Problem problems} at once; secrets are refused here, they live in the environment.
 */
@NullMarked
package dev.smsrunner.jobfile;

import org.jspecify.annotations.NullMarked;
