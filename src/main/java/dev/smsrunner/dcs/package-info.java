/**
 * The only package that speaks to DCS (Distributed Cache Service), of which the runner knows the data-migration tasks. In: calls.
 * Out: payload records, or {@link dev.smsrunner.cloud.ApiException}.
 */
@NullMarked
package dev.smsrunner.dcs;

import org.jspecify.annotations.NullMarked;
