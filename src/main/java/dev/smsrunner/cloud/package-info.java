/**
 * What every Huawei Cloud call needs, whatever the service: no stage of its own, used by {@code sms} and {@code dcs}.
 *
 * <p>In: an endpoint, credentials from the environment or a file, a request. Out: the answer of the service, or an
 * {@link dev.smsrunner.cloud.ApiException} whose {@link dev.smsrunner.cloud.CallFailureKind} says whether anything may have happened. This
 * is the only layer that retries, and it never sends a write twice unless the service said that it did nothing (429).
 */
@NullMarked
package dev.smsrunner.cloud;

import org.jspecify.annotations.NullMarked;
