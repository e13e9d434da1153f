/**
 * Transport for all Huawei Cloud calls, independent of the service; used by {@code sms} and {@code dcs}, no stage of
 * its own.
 *
 * <p>In: an endpoint, credentials from the environment or a file, a request. Out: the answer of the service, or an
 * {@link dev.smsrunner.cloud.ApiException} whose {@link dev.smsrunner.cloud.CallFailureKind} states whether the service
 * may have executed the call. Only this layer retries. It never sends a write twice unless the service states that it
 * did nothing (429).
 */
@NullMarked
package dev.smsrunner.cloud;

import org.jspecify.annotations.NullMarked;
