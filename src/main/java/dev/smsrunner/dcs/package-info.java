/**
 * Client of DCS (Distributed Cache Service), the only one, limited to data-migration tasks. In: calls. Out: payload
 * records, or {@link dev.smsrunner.cloud.ApiException}.
 */
@NullMarked
package dev.smsrunner.dcs;

import org.jspecify.annotations.NullMarked;
